package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.rescue.References.Reference;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether rows that come back find the rows that they refer to. */
final class ParentCheck {
  private final Connection connection;
  private final References references;
  private final Map<String, TableShape> live;
  private final Map<String, TableShape> old;

  /**
   * For the rows of a rescue.
   *
   * @param live the tables that are there
   */
  ParentCheck(
      Connection connection,
      References references,
      Map<String, TableShape> live,
      Map<String, TableShape> old) {
    this.connection = connection;
    this.references = references;
    this.live = live;
    this.old = old;
  }

  /**
   * Notes the rows that had a parent in the snapshot and would have none: neither is it there, nor
   * does it come back in one of the portions. Their own children follow them.
   */
  void leaveOutOrphans(Collection<RowBatch> portions) throws SQLException {
    Map<String, RowBatch> coming = new TreeMap<>(Sql.BY_NAME);
    portions.stream().filter(RowBatch::missing).forEach(each -> coming.put(each.table(), each));
    List<RowBatch> todo = portions.stream().filter(each -> !isFree(each)).toList();
    long found;
    do {
      found = 0;
      for (RowBatch batch : todo) {
        for (Reference reference : covered(batch.mapping())) {
          found += leaveOut(batch, reference, coming.get(reference.parent()));
        }
      }
    } while (found > 0);
  }

  /**
   * Asks for the parents of no rows at all.
   *
   * @throws SQLException where the keys cannot be compared without the application
   */
  void tryReferences(RowBatch batch) throws SQLException {
    for (Reference reference : covered(batch.mapping())) {
      Sql.number(
          connection,
          "SELECT count(*) FROM %s AS S WHERE 0 AND %s AND %s"
              .formatted(batch.mapping().oldName(), had(reference), has(reference)));
    }
  }

  private boolean isFree(RowBatch batch) {
    return covered(batch.mapping()).isEmpty();
  }

  private long leaveOut(RowBatch batch, Reference reference, @Nullable RowBatch parents)
      throws SQLException {
    String sql =
        "UPDATE %s AS M SET lacks = %s WHERE %s AND EXISTS (SELECT 1 FROM %s AS S WHERE %s)"
            .formatted(
                batch.rows().table(),
                Sql.literal(reference.parent()),
                batch.coming(),
                batch.mapping().oldName(),
                String.join(
                    " AND ",
                    batch.mapping().found(),
                    given(reference),
                    had(reference),
                    "NOT " + has(reference),
                    "NOT " + comes(reference, parents)));
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      return update.executeUpdate();
    }
  }

  /** How many of the rows, now that they are there, lack a parent that they had. */
  long orphans(RowBatch batch, Reference reference) throws SQLException {
    return Sql.number(
        connection,
        "SELECT count(*) FROM %s WHERE %s"
            .formatted(
                batch.rows().withRows(),
                String.join(
                    " AND ",
                    batch.coming(),
                    given(reference),
                    had(reference),
                    "NOT " + has(reference))));
  }

  /** How many of the rows had no parent in the snapshot either. */
  long orphansOfOld(RowSet rows, Reference reference) throws SQLException {
    if (!rows.isNoted()) {
      return 0;
    }
    return Sql.number(
        connection,
        "SELECT count(*) FROM %s WHERE %s"
            .formatted(
                rows.withRows(),
                String.join(
                    " AND ",
                    rows.coming(),
                    given(reference),
                    "NOT " + had(reference),
                    "NOT " + has(reference))));
  }

  /** The foreign keys whose columns the rows bring along; others take their defaults. */
  List<Reference> covered(TableMapping mapping) {
    return references.from(mapping.live().name()).stream()
        .filter(reference -> reference.isCoveredBy(mapping))
        .toList();
  }

  private static String given(Reference reference) {
    return reference.from().stream()
        .map(column -> "S." + Sql.quote(column) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  private String has(Reference reference) {
    return exists(reference, live.get(reference.parent()));
  }

  /** Where only the snapshot lacks the parents' table, its schema was another. */
  private String had(Reference reference) {
    TableShape parent = old.get(reference.parent());
    return parent == null && live.containsKey(reference.parent()) ? "1" : exists(reference, parent);
  }

  private static String exists(Reference reference, @Nullable TableShape parent) {
    return parent == null
        ? "0"
        : same(reference, parent, "P")
            .map(same -> "EXISTS (SELECT 1 FROM %s AS P WHERE %s)".formatted(parent.quoted(), same))
            .orElse("0");
  }

  private static String comes(Reference reference, @Nullable RowBatch parents) {
    return parents == null
        ? "0"
        : same(reference, parents.mapping().old(), "O")
            .map(
                same ->
                    "EXISTS (SELECT 1 FROM %s AS O CROSS JOIN %s AS M ON %s WHERE %s AND %s)"
                        .formatted(
                            parents.mapping().oldName(),
                            parents.rows().table(),
                            parents.mapping().found("O"),
                            same,
                            parents.coming()))
            .orElse("0");
  }

  /**
   * That the parent under the alias is the one of S. The plus takes the child's type away, so that
   * the parent's rules compare, as SQLite does. Empty where no row could ever match.
   */
  private static Optional<String> same(Reference reference, TableShape parent, String alias) {
    List<String> to =
        reference.to().isEmpty()
            ? parent.key().stream().map(Column::name).toList()
            : reference.to();
    if (to.size() != reference.from().size()
        || to.stream().anyMatch(name -> parent.column(name).isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        IntStream.range(0, to.size())
            .mapToObj(
                i ->
                    "%s.%s = +S.%s"
                        .formatted(alias, Sql.quote(to.get(i)), Sql.quote(reference.from().get(i))))
            .collect(Collectors.joining(" AND ")));
  }
}
