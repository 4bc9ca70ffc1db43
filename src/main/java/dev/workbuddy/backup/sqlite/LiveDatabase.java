package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.DatabaseProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.sqlite.SQLiteErrorCode;

/**
 * A database in use, opened to be copied: first {@link #freeze}, then {@link #copyTo}, then close.
 * The file itself is only ever touched by SQLite, since closing a descriptor of our own would drop
 * SQLite's locks. Confined to one thread at a time.
 */
public final class LiveDatabase implements AutoCloseable {
  /** About a tenth of a second of copying: shorter than any writer's patience. */
  static final long LOCKED_COPY_LIMIT = 64L << 20;

  private final Path file;
  private final Connection connection;
  private final String journalMode;
  private final CopyStrategy strategy;
  private final long bytes;
  private long frozenAtNanos;

  private LiveDatabase(Path file, Connection connection, String journalMode, long bytes) {
    this.file = file;
    this.connection = connection;
    this.journalMode = journalMode;
    this.bytes = bytes;
    this.strategy =
        journalMode.equals("wal")
            ? CopyStrategy.WAL_READ
            : bytes <= LOCKED_COPY_LIMIT ? CopyStrategy.LOCKED : CopyStrategy.STEPPED;
  }

  /**
   * Opens the database and reads its header.
   *
   * @param busyTimeout how long to wait where a writer has it locked
   * @throws UnusableDatabaseException where there is no readable database
   */
  public static LiveDatabase open(Path file, Duration busyTimeout)
      throws UnusableDatabaseException {
    requireContent(file);
    try {
      Connection connection = Connections.live(file, busyTimeout);
      try {
        String journalMode = Sql.text(connection, "PRAGMA journal_mode");
        long pages = Sql.number(connection, "PRAGMA page_count");
        long bytes = pages * Sql.number(connection, "PRAGMA page_size");
        return new LiveDatabase(file, connection, journalMode, bytes);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e, file);
    }
  }

  /**
   * Whether there is something else than a database in a file, or nothing. A quick look at its
   * beginning, in no application's way and without a lock; where it is unknown, the answer is no.
   */
  public static boolean isSomethingElse(Path file) {
    try {
      requireContent(file);
      try (Connection connection = Connections.still(file)) {
        Sql.number(connection, "PRAGMA schema_version");
        return false;
      }
    } catch (UnusableDatabaseException e) {
      return true;
    } catch (SQLException e) {
      return Connections.primaryCode(e) == SQLiteErrorCode.SQLITE_NOTADB.code;
    }
  }

  private static void requireContent(Path file) throws UnusableDatabaseException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw unusable(Kind.NOT_A_FILE, "not a regular file");
      }
      if (attributes.size() == 0) {
        throw unusable(Kind.EMPTY, "the file has zero bytes: there is no database in it");
      }
    } catch (IOException e) {
      throw Files.exists(file)
          ? unusable(Kind.UNREADABLE, "the file cannot be read")
          : unusable(Kind.MISSING, "there is no such file");
    }
  }

  private static UnusableDatabaseException unusable(Kind kind, String detail) {
    return new UnusableDatabaseException(new DatabaseProblem(kind, detail));
  }

  /**
   * Copies a damaged database with SQLite's online backup, as it would a sound one, but without
   * reading its schema, which may be what is damaged.
   *
   * @param target a file that does not exist yet
   * @throws UnusableDatabaseException where SQLite cannot read its first page or the lock is not
   *     had
   */
  public static void copyDamaged(Path file, Path target, Duration busyTimeout)
      throws UnusableDatabaseException {
    try (Connection connection = Connections.unread(file, busyTimeout)) {
      // Else SQLite reads nothing of a file that is shorter than it says.
      Sql.execute(connection, "PRAGMA writable_schema = ON");
      Sql.execute(connection, "BEGIN");
      long _ = Sql.number(connection, "PRAGMA schema_version"); // The first read takes the lock.
      new OnlineCopy(connection, CopyStrategy.LOCKED, System.nanoTime()).run(target, copied -> {});
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e, file);
    }
  }

  /** The size of the version that a reader sees now. */
  public long bytes() {
    return bytes;
  }

  public String journalMode() {
    return journalMode;
  }

  /** True where writers wait from {@link #freeze} until the copy is made: copy these first. */
  public boolean makesWritersWait() {
    return strategy == CopyStrategy.LOCKED;
  }

  /**
   * Fixes the version that {@link #copyTo} will copy. A large rollback-journal database cannot be
   * held without stopping its writers, so that one is fixed only when its copy ends.
   */
  public void freeze() throws UnusableDatabaseException {
    try {
      if (strategy != CopyStrategy.STEPPED) {
        ReadTransaction.begin(connection);
      }
      frozenAtNanos = System.nanoTime();
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e, file);
    }
  }

  /**
   * Copies the database with SQLite's online backup.
   *
   * @param target a file that does not exist yet
   * @param onBytes called with the number of bytes copied
   * @throws BackupException {@code disk-full} where the copy finds no room
   */
  public CopyReport copyTo(Path target, LongConsumer onBytes) throws UnusableDatabaseException {
    try {
      return new OnlineCopy(connection, strategy, frozenAtNanos).run(target, onBytes);
    } catch (SQLException e) {
      if (Connections.primaryCode(e) == SQLiteErrorCode.SQLITE_FULL.code) {
        throw new BackupException(
            ErrorCode.DISK_FULL,
            "cannot copy to " + target + ": the disk is full",
            "Free some space there, then try again.",
            e);
      }
      throw UnusableDatabaseException.of(e, file);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException nothingLeftToSave) {
      // A read-only connection holds nothing that closing it could lose.
    }
  }
}
