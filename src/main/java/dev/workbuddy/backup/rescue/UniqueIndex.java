package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.TableShape;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index in which no two rows may be equal.
 *
 * @param plain whether its entries are columns of every row; of others only an attempt tells
 */
record UniqueIndex(String name, List<Part> parts, boolean plain) {

  /** A column and how it is compared; the column is null where the index computes its entry. */
  record Part(@Nullable String column, String collation) {}

  /** Those of a live table, but for its primary key. */
  static List<UniqueIndex> of(Connection connection, TableShape table) throws SQLException {
    record Listed(String name, boolean partial) {}
    List<Listed> listed = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("PRAGMA main.index_list(" + Sql.quote(table.name()) + ")")) {
      while (rows.next()) {
        if (rows.getBoolean("unique") && !rows.getString("origin").equals("pk")) {
          listed.add(new Listed(rows.getString("name"), rows.getBoolean("partial")));
        }
      }
    }
    List<UniqueIndex> indexes = new ArrayList<>();
    for (Listed index : listed) {
      List<Part> parts = parts(connection, index.name());
      boolean computed = parts.stream().anyMatch(part -> part.column() == null);
      indexes.add(new UniqueIndex(index.name(), parts, !computed && !index.partial()));
    }
    return indexes;
  }

  /** Those of which SQL can tell who has whose place. */
  static List<UniqueIndex> plain(Connection connection, TableMapping mapping) throws SQLException {
    return of(connection, mapping.live()).stream()
        .filter(index -> index.isPlainFor(mapping))
        .toList();
  }

  /** Whether its entries are columns of every row, and rows that come back bring them all. */
  boolean isPlainFor(TableMapping mapping) {
    return plain && isCoveredBy(mapping.common());
  }

  private static List<Part> parts(Connection connection, String index) throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("PRAGMA main.index_xinfo(" + Sql.quote(index) + ")")) {
      while (rows.next()) {
        if (rows.getBoolean("key")) {
          parts.add(new Part(rows.getString("name"), rows.getString("coll")));
        }
      }
    }
    return parts;
  }

  private boolean isCoveredBy(List<Column> columns) {
    return parts.stream()
        .map(Part::column)
        .allMatch(part -> part != null && columns.stream().anyMatch(c -> c.isNamed(part)));
  }

  /** That two rows have the same place in it. */
  String collides(String left, String right) {
    return parts.stream()
        .map(
            part ->
                "%1$s.%3$s = %2$s.%3$s COLLATE %4$s"
                    .formatted(
                        left,
                        right,
                        Sql.quote(Objects.requireNonNull(part.column())),
                        Sql.quote(part.collation())))
        .collect(Collectors.joining(" AND "));
  }
}
