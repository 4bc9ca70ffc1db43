package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** Makes a connection safe for SQL that somebody else wrote. */
public final class Sandbox {
  private static final int MAX_VALUE_BYTES = 64 << 20;
  private static final int STEPS_BETWEEN_LOOKS = 20_000;

  private Sandbox() {}

  /**
   * From now on the connection reads what it has and nothing else: it writes nothing, attaches
   * nothing, makes no huge values, and stops when its time is over.
   *
   * @param attached how many databases are attached to it already
   * @param time for everything that it still does; afterwards SQLite reports {@code
   *     SQLITE_INTERRUPT}
   */
  public static void close(Connection connection, int attached, Duration time) throws SQLException {
    SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
    Sql.execute(connection, "PRAGMA query_only = ON");
    Sql.execute(connection, "PRAGMA trusted_schema = OFF");
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, attached);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
    long end = System.nanoTime() + time.toNanos();
    ProgressHandler.setHandler(
        connection,
        STEPS_BETWEEN_LOOKS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - end > 0 ? 1 : 0;
          }
        });
  }
}
