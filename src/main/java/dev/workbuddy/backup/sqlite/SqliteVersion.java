package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** The version of the SQLite library that is really linked. */
public final class SqliteVersion {
  private SqliteVersion() {}

  public static String linked() {
    try (Connection memory = Connections.memory()) {
      return Sql.text(memory, "SELECT sqlite_version()");
    } catch (SQLException e) {
      throw new IllegalStateException("SQLite's library cannot be loaded", e);
    }
  }
}
