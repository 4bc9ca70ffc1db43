package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.sqlite.SideFiles;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Real SQLite files: making, changing and reading them. */
final class Databases {
  private Databases() {}

  /** Makes a database with a table, an index and rows that the seed decides. */
  static void create(Path file, String journalMode, long seed) {
    execute(
        file,
        "PRAGMA journal_mode = " + journalMode,
        "PRAGMA user_version = 7",
        "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, amount REAL, data BLOB)",
        "CREATE INDEX item_name ON item (name)",
        "CREATE TABLE \"odd \"\"table\" (a, b)",
        "INSERT INTO \"odd \"\"table\" VALUES (NULL, 'x')");
    insert(file, seed, 60);
  }

  /** Adds rows that the seed decides. */
  static void insert(Path file, long seed, int rows) {
    Random random = new Random(seed);
    List<String> statements = new ArrayList<>(List.of("BEGIN"));
    for (int i = 0; i < rows; i++) {
      byte[] data = new byte[random.nextInt(300)];
      random.nextBytes(data);
      statements.add(
          "INSERT INTO item (name, amount, data) VALUES ('näme %x', %s, x'%s')"
              .formatted(random.nextLong(), random.nextDouble(), HexFormat.of().formatHex(data)));
    }
    statements.add("COMMIT");
    execute(file, statements.toArray(String[]::new));
  }

  static void execute(Path file, String... statements) {
    try {
      Files.createDirectories(DurableFiles.parent(file));
      try (Connection connection = open(file);
          Statement statement = connection.createStatement()) {
        for (String sql : statements) {
          statement.execute(sql);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  /** Another process commits rows in WAL mode and dies at once: they are in the -wal file only. */
  static void commitAndDie(Path file, int rows) throws IOException {
    String script =
        """
        import os, sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.execute("PRAGMA journal_mode = wal")
        db.execute("PRAGMA wal_autocheckpoint = 0")
        for i in range(int(sys.argv[2])):
            db.execute("INSERT INTO item (name) VALUES ('left in the wal ' || ?)", (i,))
        db.commit()
        os._exit(0)
        """;
    Path directory = DurableFiles.parent(file);
    Tools.run(directory, List.of("python3", "-c", script, file.toString(), "" + rows));
    assertThat(Files.size(Path.of(file + "-wal"))).isPositive();
  }

  /**
   * Everything that the database holds, row by row, and its settings. Reads a copy, so that nothing
   * beside the file changes.
   */
  static List<String> content(Path file) throws IOException {
    Path scratch = Files.createTempDirectory("wb-backup-content");
    try {
      Path copy = scratch.resolve("copy");
      Files.copy(file, copy);
      List<String> originals = SideFiles.of(file.toString());
      List<String> copies = SideFiles.of(copy.toString());
      for (int i = 0; i < copies.size(); i++) {
        if (Files.exists(Path.of(originals.get(i)))) {
          Files.copy(Path.of(originals.get(i)), Path.of(copies.get(i)));
        }
      }
      return read(copy);
    } catch (SQLException e) {
      throw new AssertionError(file.toString(), e);
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }

  private static List<String> read(Path file) throws SQLException {
    List<String> content = new ArrayList<>();
    try (Connection connection = open(file)) {
      for (String pragma : List.of("integrity_check", "user_version", "journal_mode")) {
        content.add(pragma + " " + rows(connection, "PRAGMA " + pragma));
      }
      content.addAll(rows(connection, "SELECT type, name, sql FROM sqlite_schema ORDER BY name"));
      for (String table :
          rows(connection, "SELECT quote(name) FROM sqlite_schema WHERE type = 'table'")) {
        content.add(table);
        String name = table.substring(1, table.length() - 1).replace("\"", "\"\"");
        content.addAll(rows(connection, "SELECT * FROM \"" + name + "\" ORDER BY rowid"));
      }
    }
    return content;
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          Object value = result.getObject(column);
          row.add(value instanceof byte[] b ? HexFormat.of().formatHex(b) : "" + value);
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:file://" + file.toAbsolutePath().toUri().getRawPath());
  }
}
