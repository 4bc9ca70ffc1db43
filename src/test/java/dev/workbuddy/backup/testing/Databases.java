package dev.workbuddy.backup.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** Makes SQLite files, and asks closed ones; nothing stays open between two calls. */
public final class Databases {
  private Databases() {}

  /** Runs the statements on the database, which is created where it is not there yet. */
  public static Path run(Path file, List<String> statements) throws SQLException, IOException {
    Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
    try (Connection connection = open(file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return file;
  }

  public static Path run(Path file, String... statements) throws SQLException, IOException {
    return run(file, List.of(statements));
  }

  /** A database in WAL mode, or with a rollback journal, for a {@link WriterProcess}. */
  public static Path forWriter(Path file, String journalMode) throws SQLException, IOException {
    run(file, "PRAGMA journal_mode = " + journalMode);
    return run(file, WriterProcess.TABLES);
  }

  /** The first column of every row. */
  public static List<String> ask(Path file, String query) throws SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    }
  }

  public static String askOne(Path file, String query) throws SQLException {
    return ask(file, query).getFirst();
  }

  private static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    // Else an INSERT leaves a query of its row number open, and a VACUUM after it fails.
    config.setGetGeneratedKeys(false);
    return config.createConnection("jdbc:sqlite:" + file.toUri());
  }

  /** Overwrites a few bytes of a closed file. */
  public static void scribble(Path file, long offset, int length) throws IOException {
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < length; i++) {
      content[Math.toIntExact(offset) + i] ^= (byte) 0xa5;
    }
    Files.write(file, content);
  }
}
