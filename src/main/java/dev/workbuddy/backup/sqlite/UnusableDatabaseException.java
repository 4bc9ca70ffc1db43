package dev.workbuddy.backup.sqlite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** A database that cannot be read as one; says why. The run goes on without it. */
public final class UnusableDatabaseException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient DatabaseProblem problem;

  UnusableDatabaseException(DatabaseProblem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  private UnusableDatabaseException(DatabaseProblem problem, SQLException cause) {
    super(problem.detail(), cause);
    this.problem = problem;
  }

  public DatabaseProblem problem() {
    return problem;
  }

  /**
   * Like {@link #of(SQLException)}, but for a live file: names who holds a lock, and the file that
   * a reader could not create.
   */
  static UnusableDatabaseException of(SQLException e, Path file) {
    UnusableDatabaseException plain = of(e);
    String more =
        switch (plain.problem.kind()) {
          case LOCKED -> LockHolders.words(file);
          case UNREADABLE -> unwritableDirectory(e, file);
          default -> "";
        };
    return new UnusableDatabaseException(
        new DatabaseProblem(plain.problem.kind(), plain.problem.detail() + more), e);
  }

  private static String unwritableDirectory(SQLException e, Path file) {
    Path directory = file.toAbsolutePath().resolveSibling(".").normalize();
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_READONLY, SQLITE_CANTOPEN ->
          Files.isWritable(directory)
              ? ""
              : ": this user cannot write in %s, and a database in WAL mode makes files beside itself even to be read"
                  .formatted(directory);
      default -> "";
    };
  }

  public static UnusableDatabaseException of(SQLException e) {
    int code = Connections.primaryCode(e);
    DatabaseProblem problem =
        switch (SQLiteErrorCode.getErrorCode(code)) {
          case SQLITE_NOTADB ->
              new DatabaseProblem(
                  DatabaseProblem.Kind.NOT_A_DATABASE,
                  "file is not a database: something else, or an encrypted database"
                      + " (SQLITE_NOTADB)");
          case SQLITE_BUSY, SQLITE_LOCKED ->
              new DatabaseProblem(
                  DatabaseProblem.Kind.LOCKED,
                  "another process kept it locked for too long (" + Connections.code(e) + ")");
          case SQLITE_CORRUPT ->
              new DatabaseProblem(
                  DatabaseProblem.Kind.CORRUPT,
                  "SQLite finds it malformed: " + SqliteMessages.withCode(e));
          default ->
              new DatabaseProblem(DatabaseProblem.Kind.UNREADABLE, SqliteMessages.withCode(e));
        };
    return new UnusableDatabaseException(problem, e);
  }
}
