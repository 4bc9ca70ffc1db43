package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.sqlite.SqlSyntaxException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * One step of a ladder: what turns a database of the version before into one of this version.
 *
 * @param version from 1 upwards
 * @param description a few words for people
 * @param hash what the step's code comes down to; empty where later edits are not to be noticed
 */
public record Step(int version, String description, Optional<CodeHash> hash, Action action) {

  /** What a step does. */
  @FunctionalInterface
  public interface Action {
    /**
     * Changes the database, inside the step's transaction. It must not commit, roll back or close;
     * a step that has left the transaction fails.
     *
     * @param connection in autocommit mode as JDBC knows it, since the transaction was begun in SQL
     */
    void run(Connection connection) throws SQLException;
  }

  /** A step written in Java. Edits of its code are not noticed. */
  public static Step java(int version, String description, Action action) {
    return new Step(version, description, Optional.empty(), action);
  }

  /**
   * A step written in SQL.
   *
   * @throws BackupException {@code ladder-invalid} where the text is not complete SQL, is empty, or
   *     holds a statement that would leave the transaction
   */
  public static Step sql(int version, String description, String sql) {
    return sql("step " + version + " (" + description + ")", version, description, sql);
  }

  /**
   * Like {@link #sql(int, String, String)}, but names another source in errors.
   *
   * @param source what to name in errors
   */
  static Step sql(String source, int version, String description, String sql) {
    try {
      SqlScript script = SqlScript.parse(sql);
      return new Step(version, description, Optional.of(script.hash()), script);
    } catch (SqlSyntaxException e) {
      throw Refusals.invalid(source + " " + e.problem());
    }
  }

  StepSummary rung() {
    return new StepSummary(version, description);
  }
}
