package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.ApplicationsOwn;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.LockHolders;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** The errors of this room, with the words that users read. */
final class Refusals {
  private static final String KEPT =
      "The database is as it was before this step; correct the step and run it again.";

  private static final String NEEDS_APPLICATION =
      "Only the application has what this step needs: let it migrate, as migrate_command or when it"
          + " starts; `wb-backup restore latest --to DIR` unpacks without migrating. The database"
          + " is as it was before this step.";

  private Refusals() {}

  static BackupException invalid(String problem) {
    return invalid(problem, null);
  }

  static BackupException invalid(String problem, @Nullable Throwable cause) {
    return new BackupException(
        ErrorCode.LADDER_INVALID,
        "the migrations cannot be used: " + problem,
        "Correct them; nothing was changed. docs/migrations.md shows each kind.",
        cause);
  }

  static BackupException tooNew(String database, int version, int top) {
    return new BackupException(
        ErrorCode.SCHEMA_TOO_NEW,
        "%s has schema version %d, and the migrations end at %d".formatted(database, version, top),
        "Newer code wrote it. Use that code, or a snapshot from before.");
  }

  static BackupException disagreeing(String database, int recorded, int version) {
    return new BackupException(
        ErrorCode.MIGRATION_FAILED,
        "cannot migrate %s: its history says %d, the file's version is %d"
            .formatted(database, recorded, version),
        "A copy through .dump loses the version: if the tables are those of %d, set it with PRAGMA"
                .formatted(recorded)
            + " user_version. Nothing was changed.");
  }

  static BackupException edited(String database, List<StepSummary> steps) {
    String which =
        steps.stream()
            .map(step -> step.version() + " (" + step.description() + ")")
            .collect(Collectors.joining(", "));
    return new BackupException(
        ErrorCode.MIGRATION_EDITED,
        "%s: steps were edited after they had been applied: %s".formatted(database, which),
        "Undo the edit, and put the change into a new step: `wb-backup migrate new`.");
  }

  static BackupException failed(
      String database, StepSummary step, String problem, @Nullable Throwable cause) {
    return new BackupException(
        ErrorCode.MIGRATION_FAILED,
        "cannot migrate %s: step %d (%s): %s"
            .formatted(database, step.version(), step.description(), problem),
        needsApplication(cause) ? NEEDS_APPLICATION : KEPT,
        cause);
  }

  /** A script's error names the line, and is caused by SQLite's own. */
  private static boolean needsApplication(@Nullable Throwable failure) {
    if (failure == null) {
      return false;
    }
    if (failure instanceof SQLException e && ApplicationsOwn.isLacking(e)) {
      return true;
    }
    return needsApplication(failure.getCause());
  }

  /** What such a step did until then cannot be undone any more. */
  static BackupException escaped(String database, StepSummary step, Throwable cause) {
    return new BackupException(
        ErrorCode.MIGRATION_FAILED,
        "cannot migrate %s: step %d (%s): it ended the transaction that it runs in"
            .formatted(database, step.version(), step.description()),
        "Part of it may have stayed: compare with a snapshot. A step must neither commit nor roll"
            + " back.",
        cause);
  }

  static BackupException failed(String database, String problem) {
    return new BackupException(
        ErrorCode.MIGRATION_FAILED, "cannot migrate " + database + ": " + problem, KEPT);
  }

  static BackupException command(String database, String problem, String hint) {
    return new BackupException(
        ErrorCode.MIGRATE_COMMAND_FAILED,
        "cannot migrate " + database + ": the migrate_command " + problem,
        hint);
  }

  static BackupException missing(Path file) {
    return new BackupException(
        ErrorCode.DATABASE_MISSING,
        "cannot migrate " + file + ": there is no such file",
        "Start the application once, or create an empty file, then migrate.");
  }

  /** What SQLite says, as an error whose code tells the user's next action. */
  static BackupException ofSqlite(Path file, SQLException e) {
    String name = String.valueOf(file.getFileName());
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new BackupException(
              ErrorCode.DATABASE_IN_USE,
              "cannot migrate "
                  + name
                  + ": another process kept it locked for too long"
                  + LockHolders.words(file),
              "Stop whoever writes to it, then try again. Nothing was changed.",
              e);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          new BackupException(
              ErrorCode.DATABASE_READ_ONLY,
              "cannot migrate " + name + ": it cannot be written (" + firstLine(e) + ")",
              "Check who owns " + file + " and its directory. Nothing was changed.",
              e);
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          new BackupException(
              ErrorCode.DATABASE_DAMAGED,
              "cannot migrate " + name + ": " + firstLine(e),
              "Restore it from a snapshot.",
              e);
      case SQLITE_FULL ->
          new BackupException(
              ErrorCode.DISK_FULL,
              "cannot migrate " + name + ": the disk that holds it is full",
              "Free some space there. What the step did is undone.",
              e);
      default -> failed(name, firstLine(e));
    };
  }

  /** Whether the trouble lies with the file and not with what a step does to it. */
  static boolean isOfFile(SQLException e) {
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_READONLY,
          SQLITE_PERM,
          SQLITE_CANTOPEN,
          SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_FULL ->
          true;
      default -> false;
    };
  }

  /** The first line of what went wrong, in SQLite's words where it is SQLite's. */
  static String firstLine(Throwable e) {
    if (e instanceof SQLException sql) {
      return SqliteMessages.of(sql);
    }
    String message = e.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("");
    return line.isEmpty() ? e.getClass().getSimpleName() : line;
  }
}
