package dev.workbuddy.backup.query;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.tables.LiveFiles;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;

/** Why a question has no answer. */
public final class QueryErrors {
  private QueryErrors() {}

  static BackupException of(SQLException e, String database, Duration time) {
    String message = SqliteMessages.of(e);
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_READONLY, SQLITE_AUTH -> ReadOnlySql.refused(message);
      case SQLITE_INTERRUPT -> tooLong(time);
      case SQLITE_TOOBIG -> stopped("a value is too large");
      case SQLITE_NOMEM -> tooMuchMemory();
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CANTOPEN, SQLITE_IOERR ->
          LiveFiles.unusable(database, e);
      default -> LiveFiles.otherEncoding(e).orElseGet(() -> ReadOnlySql.invalid(message));
    };
  }

  static BackupException tooLong(Duration time) {
    return new BackupException(
        ErrorCode.QUERY_STOPPED,
        "stopped after %d s: the answer takes too long".formatted(time.toSeconds()),
        "Ask for less, or allow more with --timeout.");
  }

  public static BackupException tooMuchMemory() {
    return stopped("it needs too much memory");
  }

  static BackupException stopped(String why) {
    return new BackupException(
        ErrorCode.QUERY_STOPPED,
        "stopped: " + why,
        "Ask for less: fewer rows, or less of long values, for example with substr().");
  }
}
