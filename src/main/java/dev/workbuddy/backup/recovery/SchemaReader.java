package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a database consists of, as far as its rows can be compared and brought back. */
final class SchemaReader {
  private final Connection connection;
  private final String schema;

  /**
   * For one database.
   *
   * @param schema the name under which the connection knows it
   */
  SchemaReader(Connection connection, String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  /**
   * A table, index, trigger or view.
   *
   * @param table the table that it belongs to
   */
  record SchemaObject(String type, String name, String table, String sql) {}

  /** Everything that was created by SQL, by type and name, but for SQLite's and shadow tables. */
  Map<String, SchemaObject> objects() throws SQLException {
    List<String> shadows = tables("shadow");
    Map<String, SchemaObject> objects = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT type, name, tbl_name, sql FROM "
                    + Sql.quote(schema)
                    + ".sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%'"
                    + " ESCAPE '\\'")) {
      while (rows.next()) {
        SchemaObject object =
            new SchemaObject(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        if (!shadows.contains(object.table())) {
          objects.put(object.type() + " " + object.name(), object);
        }
      }
    }
    return objects;
  }

  /** The ordinary tables by name: no virtual ones, and none in which those keep their rows. */
  Map<String, TableShape> tables() throws SQLException {
    Map<String, TableShape> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : tables("table")) {
      tables.put(name, table(name));
    }
    return tables;
  }

  /** The tables in which a virtual table keeps its rows; empty where it has none of its own. */
  Map<String, TableShape> shadows(String virtual) throws SQLException {
    Map<String, TableShape> shadows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int length = virtual.length() + 1;
    for (String name : tables("shadow")) {
      if (name.regionMatches(true, 0, virtual + "_", 0, length)) {
        shadows.put(name, table(name));
      }
    }
    return shadows;
  }

  /**
   * Where the file keeps a table.
   *
   * @param sql what created it, so that equal bytes mean equal values where this is equal
   */
  record Storage(int rootPage, String sql) {}

  Storage storage(String table) throws SQLException {
    String query =
        "SELECT rootpage, sql FROM %s.sqlite_schema WHERE type = 'table' AND name = ?"
            .formatted(Sql.quote(schema));
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? new Storage(rows.getInt(1), rows.getString(2)) : new Storage(0, "");
      }
    }
  }

  /** Tables that keep their rows in a format of their own, such as those for full-text search. */
  List<String> virtualTables() throws SQLException {
    return tables("virtual");
  }

  private List<String> tables(String type) throws SQLException {
    String query =
        """
        SELECT name FROM pragma_table_list WHERE schema = ? AND type = ?
          AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, schema);
      statement.setString(2, type);
      return names(statement);
    }
  }

  private static List<String> names(PreparedStatement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private TableShape table(String name) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "PRAGMA %s.table_xinfo(%s)".formatted(Sql.quote(schema), Sql.quote(name)))) {
      while (rows.next()) {
        columns.add(column(rows));
      }
    }
    return new TableShape(schema, name, columns, withoutRowid(name));
  }

  private static Column column(ResultSet rows) throws SQLException {
    @Nullable String type = rows.getString("type");
    return new Column(
        rows.getString("name"),
        type == null ? "" : type,
        rows.getBoolean("notnull"),
        rows.getString("dflt_value"),
        rows.getInt("pk"),
        rows.getInt("hidden") >= 2);
  }

  private boolean withoutRowid(String name) throws SQLException {
    return Sql.number(
            connection,
            "SELECT wr FROM pragma_table_list WHERE schema = %s AND name = %s"
                .formatted(Sql.literal(schema), Sql.literal(name)))
        == 1;
  }
}
