package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.pages.ChangedRanges;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.ChangedRowFilter;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.KeyTrust;
import dev.workbuddy.backup.tables.RowSql;
import dev.workbuddy.backup.tables.TableShape;
import dev.workbuddy.backup.tables.TempNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table that the snapshot has and the live table lacks, or has with other values.
 * In its statements S is the snapshot's table and L the live one.
 */
final class RowsToRestore {
  private final Connection connection;
  private final RescueOptions options;
  private final String condition;
  private final TempNames names;
  private final int number;
  private TableMapping mapping;
  private RowSet missing;
  private RowSet changed;
  private boolean left;

  /**
   * For one table.
   *
   * @param number tells its temporary tables from those of others
   */
  RowsToRestore(
      Connection connection,
      TableMapping mapping,
      int number,
      TempNames names,
      RescueRequest request) {
    this.connection = connection;
    this.mapping = mapping;
    this.names = names;
    this.number = number;
    this.condition = request.where() == null ? "1" : ChosenRows.condition(mapping, "S", number);
    this.options = request.options();
    this.missing = noMissing();
    this.changed = noChanged();
  }

  private RowSet noMissing() {
    String table = names.of("missing_" + number);
    return new RowSet(connection, mapping, table, options.overwrite(), options.keyless());
  }

  private RowSet noChanged() {
    return new RowSet(connection, mapping, names.of("changed_" + number), true, true);
  }

  TableMapping mapping() {
    return mapping;
  }

  RowSet missing() {
    return missing;
  }

  RowSet changed() {
    return changed;
  }

  /** Whether it turned out that the table can take no part. */
  boolean isLeft() {
    return left;
  }

  /** How many are lost; null where nobody has looked yet. */
  @Nullable Long known() throws SQLException {
    return missing.isNoted() ? (Long) missing.count() : null;
  }

  /** Lets the table take no part any more. */
  void leave() throws SQLException {
    left = true;
    missing.forget();
    changed.forget();
  }

  /**
   * Notes the lost rows; the live database is read, and locked no longer than that.
   *
   * @param changes the rows that a table with a key can have lost or changed
   * @param lookForChanges whether to note those that differ as well
   */
  void find(ChangedRanges changes, boolean lookForChanges) throws SQLException {
    if (mapping.dropped()) {
      missing.note(rows("1", "1"));
      return;
    }
    if (changes.none()) {
      return;
    }
    ChangedRowFilter filter = ChangedRowFilter.in(connection, names, changes);
    if (mapping.keyed()
        && !KeyTrust.tellsApart(connection, mapping.old(), mapping.live(), filter)) {
      mapping = mapping.byContent();
      missing = noMissing();
      changed = noChanged();
    }
    String within = filter.within(mapping.old(), "S");
    if (mapping.keyed()) {
      String gone = rows(within, mapping.hasKey("S") + " AND NOT EXISTS (" + liveRow("1") + ")");
      missing.note(hasRowsWithoutKey() ? gone + " UNION ALL " + surplus(filter) : gone);
      if (lookForChanges) {
        String differs = RowSql.differs("S", "L", mapping.common());
        changed.note(rows(within, mapping.hasKey("S") + " AND EXISTS (" + liveRow(differs) + ")"));
      }
    } else {
      missing.note(surplus(filter));
    }
  }

  /** Whether the snapshot has rows with NULL in their key. */
  boolean hasRowsWithoutKey() throws SQLException {
    if (mapping.old().nullableKey().isEmpty()) {
      return false;
    }
    return Sql.number(
            connection,
            "SELECT EXISTS (SELECT 1 FROM %s AS S WHERE NOT (%s))"
                .formatted(mapping.oldName(), mapping.hasKey("S")))
        == 1;
  }

  private String rows(String within, String which) {
    return "SELECT %s, 0 AS doubt FROM %s AS S WHERE %s AND %s AND %s"
        .formatted(mapping.handlesOf("S"), mapping.oldName(), within, condition, which);
  }

  private String liveRow(String further) {
    return "SELECT 1 FROM %s AS L WHERE %s AND %s"
        .formatted(mapping.liveName(), mapping.same("L", "S"), further);
  }

  /**
   * Of equal rows as many are lost as the snapshot has more of them than the live table. Both sides
   * are sorted together, the live rows of each content first, then those of the snapshot whose
   * number another row has: whether that is a newer form of the same row nobody can tell. Rows that
   * stand unchanged under their number are left aside.
   */
  private String surplus(ChangedRowFilter filter) {
    TableShape old = mapping.old();
    TableShape live = mapping.live();
    String content =
        "t" + RowSql.joined(mapping.common(), "", c -> ", c%d COLLATE BINARY".formatted(at(c)));
    return """
    SELECT h0, taken AS doubt FROM (
      SELECT h0, side, taken,
        row_number() OVER (PARTITION BY %s ORDER BY side, taken DESC) AS place,
        sum(1 - side) OVER (PARTITION BY %s) AS present
      FROM (
        SELECT %s, 1 AS side, %s AS taken, %s FROM %s WHERE %s AND %s AND NOT (%s)
        UNION ALL SELECT NULL, 0, 0, %s FROM %s WHERE %s AND NOT (%s)))
    WHERE side = 1 AND place > 2 * present
    """
        .formatted(
            content,
            content,
            mapping.handlesOf("S"),
            taken(),
            content("S"),
            filter.from(old, live, "S", differs("S")),
            filter.unmatched(old, live, differs("S")),
            condition,
            mapping.hasKey("S"),
            content("L"),
            filter.from(live, old, "L", differs("L")),
            filter.unmatched(live, old, differs("L")),
            mapping.hasKey("L"));
  }

  private String differs(String alias) {
    return RowSql.differs(alias, "P", mapping.common());
  }

  /** That another live row has the number of the snapshot's row by now. */
  private String taken() {
    return mapping
        .keptNumber()
        .map(
            number ->
                "EXISTS (SELECT 1 FROM %s AS L WHERE L.%s = S.%s)"
                    .formatted(mapping.liveName(), number, mapping.handles().getFirst()))
        .orElse("0");
  }

  private int at(Column column) {
    return mapping.common().indexOf(column);
  }

  private String content(String alias) {
    return RowSql.types(alias, mapping.common())
        + " AS t"
        + RowSql.joined(
            mapping.common(), "", c -> ", %s.%s AS c%d".formatted(alias, c.quoted(), at(c)));
  }

  /** How many come back under other numbers than they had, as newer rows have those. */
  long renumbered() throws SQLException {
    return mapping.keptNumber().isEmpty() || mapping.dropped()
        ? 0
        : missing.count(
            missing.coming()
                + " AND EXISTS (SELECT 1 FROM %s AS L WHERE L.%s = M.h0)"
                    .formatted(mapping.liveName(), mapping.keptNumber().orElseThrow()));
  }

  /**
   * Notes the lost rows that lack a value which the live table requires. Where the snapshot's table
   * requires it as well, SQLite takes IS NULL for false without a look.
   */
  void findForbidden() throws SQLException {
    if (!missing.isNoted() || mapping.dropped()) {
      return;
    }
    for (Column column : mapping.common()) {
      if (mapping.requires(column)) {
        Sql.execute(
            connection,
            """
            UPDATE %s AS M SET rule = %s WHERE rule IS NULL AND EXISTS (
              SELECT 1 FROM %s AS S WHERE %s AND typeof(S.%s) = 'null')
            """
                .formatted(
                    missing.table(),
                    Sql.literal(
                        "NOT NULL constraint failed: %s.%s"
                            .formatted(mapping.live().name(), column.name())),
                    mapping.oldName(),
                    mapping.found(),
                    column.quoted()));
      }
    }
  }

  /** Notes for lost rows in which unique index a live row has their place. */
  void findConflicts(List<UniqueIndex> indexes, String which) throws SQLException {
    if (!missing.isNoted() || mapping.dropped()) {
      return;
    }
    for (UniqueIndex index : indexes) {
      Sql.execute(
          connection,
          """
          UPDATE %s AS M SET conflict = %s WHERE conflict IS NULL AND %s AND EXISTS (
            SELECT 1 FROM %s AS S JOIN %s AS L ON %s WHERE %s)
          """
              .formatted(
                  missing.table(),
                  Sql.literal(index.name()),
                  which,
                  mapping.oldName(),
                  mapping.liveName(),
                  index.collides("L", "S"),
                  mapping.found()));
    }
  }

  /**
   * Notes that rows are back which somebody else, such as a trigger, brought just as they were.
   *
   * @return how many
   */
  long noteCome(String which) throws SQLException {
    if (!mapping.keyed()) {
      return 0;
    }
    String come =
        "%s AND EXISTS (SELECT 1 FROM %s AS S CROSS JOIN %s AS L ON %s WHERE %s AND NOT %s)"
            .formatted(
                which,
                mapping.oldName(),
                mapping.liveName(),
                mapping.same("L", "S"),
                mapping.found(),
                RowSql.differs("S", "L", mapping.common()));
    long rows = missing.count(come);
    missing.markDone(come);
    return rows;
  }
}
