package dev.workbuddy.backup.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.core.DB;

/** One pass, or as many as it takes, of SQLite's online backup. */
final class OnlineCopy {
  private static final int PAGES_PER_STEP = 2_000;
  private static final int PAUSE_WHEN_BUSY_MILLIS = 5;
  private static final int PAUSES_WHEN_BUSY = 6_000;
  private static final int RESTARTS_BEFORE_LOCK = 5;

  private final Connection source;
  private final CopyStrategy strategy;
  private final long frozenAtNanos;
  private int restarts;
  private int lastRemaining = Integer.MAX_VALUE;
  private long lockedAtNanos;
  private boolean locked;

  OnlineCopy(Connection source, CopyStrategy strategy, long frozenAtNanos) {
    this.source = source;
    this.strategy = strategy;
    this.frozenAtNanos = frozenAtNanos;
  }

  CopyReport run(Path target, LongConsumer onBytes) throws SQLException {
    long pageSize = Sql.number(source, "PRAGMA page_size");
    long started = System.nanoTime();
    DB database = source.unwrap(SQLiteConnection.class).getDatabase();
    int code =
        database.backup(
            "main",
            Connections.uri(target),
            (remaining, pages) -> {
              onBytes.accept((pages - remaining) * pageSize);
              afterStep(remaining);
            },
            PAUSE_WHEN_BUSY_MILLIS,
            PAUSES_WHEN_BUSY,
            PAGES_PER_STEP);
    long ended = System.nanoTime();
    // The driver returns SQLite's code instead of throwing it.
    if (code != SQLiteErrorCode.SQLITE_OK.code) {
      throw DB.newSQLException(code, "online backup");
    }
    return report(started, ended);
  }

  /** Fewer pages left than before is progress; more is a copy that began again. */
  private void afterStep(int remaining) {
    if (strategy != CopyStrategy.STEPPED) {
      return;
    }
    if (remaining >= lastRemaining) {
      restarts++;
    }
    lastRemaining = remaining;
    if (restarts >= RESTARTS_BEFORE_LOCK && !locked && remaining > 0) {
      lock();
    }
  }

  private void lock() {
    try {
      ReadTransaction.begin(source);
      locked = true;
      lockedAtNanos = System.nanoTime();
    } catch (SQLException writerIsFaster) {
      // Still unlocked: the next step tries again.
    }
  }

  private CopyReport report(long started, long ended) {
    long lockedSince =
        switch (strategy) {
          case WAL_READ -> ended;
          case LOCKED -> frozenAtNanos;
          case STEPPED -> locked ? lockedAtNanos : ended;
        };
    long pointInTime = strategy == CopyStrategy.STEPPED ? lockedSince : frozenAtNanos;
    return new CopyReport(
        strategy, millis(started, ended), restarts, millis(lockedSince, ended), pointInTime);
  }

  private static long millis(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }
}
