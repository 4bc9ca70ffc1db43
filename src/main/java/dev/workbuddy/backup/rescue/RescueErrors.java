package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.tables.LiveFiles;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** What is said where a rescue of one database fails. */
final class RescueErrors {
  private final String database;
  private final String state;

  /**
   * For one database.
   *
   * @param committed how many rows earlier transactions brought back
   * @param recreated whether dropped tables were made again before
   */
  RescueErrors(String database, long committed, boolean recreated) {
    this.database = database;
    this.state = state(committed, recreated);
  }

  private static String state(long committed, boolean recreated) {
    String again = "; the same rescue again goes on from there";
    if (committed > 0) {
      return committed + " rows came back before" + again;
    }
    return recreated
        ? "dropped tables are there again, empty" + again
        : "nothing of it was changed";
  }

  BackupException of(BackupException e) {
    return new BackupException(e.code(), in(e.text()), e.hint(), e);
  }

  private String in(String text) {
    return "%s: %s; %s".formatted(database, text, state);
  }

  /**
   * Returns the error for the user where SQLite failed while it searched for rows.
   *
   * @param where the user's condition, part of which only fails when it meets rows
   */
  BackupException ofSearch(SQLException e, @Nullable String where) {
    return where != null && Connections.primaryCode(e) == SQLiteErrorCode.SQLITE_ERROR.code
        ? WhereClause.invalid(where, SqliteMessages.of(e))
        : of(e);
  }

  BackupException of(SQLException e) {
    String message = SqliteMessages.of(e);
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_ERROR ->
          new BackupException(
              ErrorCode.ROWS_REFUSED,
              in("SQLite refuses the rows: " + message),
              "A rule of the live schema forbids them, or needs the application's own SQL. Choose"
                  + " other tables with --table, or rows with --where.",
              e);
      case SQLITE_FULL ->
          new BackupException(
              ErrorCode.DISK_FULL,
              in("the disk is full"),
              "Free some space there, then try again.",
              e);
      case SQLITE_READONLY ->
          new BackupException(
              ErrorCode.DATABASE_READ_ONLY,
              in("the live database cannot be written"),
              "Run as the user who owns the data.",
              e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new BackupException(
              ErrorCode.DATABASE_IN_USE,
              in("another process keeps the live database locked"),
              "Try again when the application is less busy.",
              e);
      default -> LiveFiles.unusable(database, e);
    };
  }
}
