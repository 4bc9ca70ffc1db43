package dev.workbuddy.backup.sqlite;

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

  public static UnusableDatabaseException of(SQLException e) {
    int code = Connections.primaryCode(e);
    DatabaseProblem problem =
        switch (SQLiteErrorCode.getErrorCode(code)) {
          case SQLITE_NOTADB ->
              new DatabaseProblem(
                  DatabaseProblem.Kind.NOT_A_DATABASE,
                  "file is not a database: something else, or an encrypted database");
          case SQLITE_BUSY, SQLITE_LOCKED ->
              new DatabaseProblem(
                  DatabaseProblem.Kind.LOCKED, "another process kept it locked for too long");
          case SQLITE_CORRUPT ->
              new DatabaseProblem(DatabaseProblem.Kind.CORRUPT, "SQLite finds it malformed");
          default -> new DatabaseProblem(DatabaseProblem.Kind.UNREADABLE, SqliteWords.of(e));
        };
    return new UnusableDatabaseException(problem, e);
  }
}
