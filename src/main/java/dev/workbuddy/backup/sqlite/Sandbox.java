package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** Makes a connection safe for SQL that somebody else wrote. */
public final class Sandbox extends ProgressHandler {
  private static final int MAX_VALUE_BYTES = 64 << 20;
  private static final int STEPS_BETWEEN_LOOKS = 1000;

  private final long end;
  private final TemporarySpace space;
  private @Nullable Limit reached;

  private Sandbox(Duration time, TemporarySpace space) {
    this.end = System.nanoTime() + time.toNanos();
    this.space = space;
  }

  /** What stopped a statement with {@code SQLITE_INTERRUPT}. */
  public enum Limit {
    TIME,
    DISK
  }

  /**
   * From now on the connection reads what it has and nothing else: it writes nothing, attaches
   * nothing, makes no huge values, and stops when its time or the disk for large sorts is used up.
   *
   * @param attached how many databases are attached to it already
   * @param time for everything that it still does
   */
  public static Sandbox close(
      Connection connection, int attached, Duration time, TemporarySpace space)
      throws SQLException {
    SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
    Sql.execute(connection, "PRAGMA query_only = ON");
    Sql.execute(connection, "PRAGMA trusted_schema = OFF");
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, attached);
    sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES);
    Sandbox sandbox = new Sandbox(time, space);
    ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, sandbox);
    return sandbox;
  }

  /** Which limit stopped a statement; null where none did. */
  public @Nullable Limit reached() {
    return reached;
  }

  @Override
  protected int progress() {
    if (System.nanoTime() - end > 0) {
      reached = Limit.TIME;
    } else if (space.isScarce()) {
      reached = Limit.DISK;
    }
    return reached == null ? 0 : 1;
  }
}
