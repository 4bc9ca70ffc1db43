package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.Collation;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;

/**
 * An application that opens its database with what only it has: the collation {@code LOCALIZED} and
 * the function {@code own_lower}.
 */
final class Application implements AutoCloseable {
  private final Connection connection;

  private Application(Connection connection) {
    this.connection = connection;
  }

  static Application open(Path file) throws Exception {
    Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri());
    Collation.create(
        connection,
        "LOCALIZED",
        new Collation() {
          @Override
          protected int xCompare(String left, String right) {
            return right.compareTo(left); // Unlike any order that somebody might guess.
          }
        });
    Function.create(
        connection,
        "own_lower",
        new Function() {
          @Override
          protected void xFunc() throws SQLException {
            result(String.valueOf(value_text(0)).toLowerCase(Locale.ROOT));
          }
        },
        1,
        Function.FLAG_DETERMINISTIC);
    return new Application(connection);
  }

  static void run(Path file, List<String> statements) throws Exception {
    try (Application application = open(file);
        Statement statement = application.connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** What every table holds that can be read: its rows, with how many there are of each. */
  static Map<String, Map<String, Long>> contents(Path file) throws Exception {
    try (Application application = open(file)) {
      return application.contents();
    }
  }

  static List<String> ask(Path file, String query) throws Exception {
    try (Application application = open(file)) {
      return Sql.column(application.connection, query);
    }
  }

  private Map<String, Map<String, Long>> contents() throws SQLException {
    Map<String, Map<String, Long>> contents = new TreeMap<>(Sql.BY_NAME);
    String tables =
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
            + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    for (String table : Sql.column(connection, tables)) {
      try {
        contents.put(table, rows(table));
      } catch (SQLException unreadable) {
        contents.put(table, Map.of());
      }
    }
    return contents;
  }

  private Map<String, Long> rows(String table) throws SQLException {
    List<String> columns =
        Sql.column(
            connection,
            "SELECT name FROM pragma_table_xinfo(%s) WHERE hidden <> 1"
                .formatted(Sql.literal(table)));
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      String name = Sql.quote(column);
      values.add("typeof(%1$s) || hex(%1$s) || quote(%1$s)".formatted(name));
    }
    Map<String, Long> rows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT %s FROM main.%s".formatted(String.join(", ", values), Sql.quote(table)))) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= values.size(); i++) {
          row.append(found.getString(i)).append('|');
        }
        rows.merge(row.toString(), 1L, Long::sum);
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
