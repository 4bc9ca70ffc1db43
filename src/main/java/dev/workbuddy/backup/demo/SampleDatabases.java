package dev.workbuddy.backup.demo;

import dev.workbuddy.backup.sqlite.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.random.RandomGenerator;

/** The five databases of a made-up application, filled with made-up work. */
final class SampleDatabases {
  /** Where they lie below the live database directory; work-buddy's own layout. */
  static final List<String> FILES =
      List.of("tasks/task_metadata.db", "projects.db", "messages.db", "threads.db", "entities.db");

  private static final List<String> WORDS =
      List.of("review", "draft", "call", "invoice", "plan", "refactor", "garden", "budget");
  private static final int ROWS = 4_000;

  private final Path directory;

  SampleDatabases(Path directory) {
    this.directory = directory;
  }

  /** Empty databases: the migrations make what is in them. */
  void create() throws IOException, SQLException {
    for (String file : FILES) {
      Path path = directory.resolve(file);
      Files.createDirectories(path.resolveSibling("."));
      try (Connection connection = open(path)) {
        execute(connection, "PRAGMA journal_mode = WAL");
      }
    }
  }

  void fill(RandomGenerator random) throws SQLException {
    for (String file : FILES) {
      try (Connection connection = open(directory.resolve(file))) {
        connection.setAutoCommit(false);
        fill(connection, random);
        connection.commit();
      }
    }
  }

  private static void fill(Connection connection, RandomGenerator random) throws SQLException {
    for (int row = 0; row < ROWS; row++) {
      insert(connection, phrase(random, 3), phrase(random, 12), word(random));
    }
  }

  /** One item with its tag. */
  static void insert(Connection connection, String title, String note, String tag)
      throws SQLException {
    try (PreparedStatement item =
            connection.prepareStatement("INSERT INTO items (title, note) VALUES (?, ?)");
        PreparedStatement tags =
            connection.prepareStatement("INSERT INTO tags VALUES (last_insert_rowid(), ?)")) {
      item.setString(1, title);
      item.setString(2, note);
      item.executeUpdate();
      tags.setString(1, tag);
      tags.executeUpdate();
    }
  }

  static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    execute(connection, "PRAGMA busy_timeout = 5000");
    return connection;
  }

  /** Runs one statement and returns how many rows it changed. */
  static int execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return Math.max(0, statement.getUpdateCount());
    }
  }

  /** The accident: what a DELETE with a forgotten condition does. */
  int loseItems() throws SQLException {
    int lost = 0;
    for (String table : List.of("tags", "items")) {
      try (Connection connection = open(directory.resolve(FILES.getFirst()))) {
        lost += execute(connection, "DELETE FROM " + Sql.quote(table));
      }
    }
    return lost;
  }

  static String phrase(RandomGenerator random, int words) {
    StringBuilder phrase = new StringBuilder(word(random));
    for (int i = 1; i < words; i++) {
      phrase.append(' ').append(word(random));
    }
    return phrase.toString();
  }

  private static String word(RandomGenerator random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }
}
