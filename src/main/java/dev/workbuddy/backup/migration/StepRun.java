package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.sqlite.ForeignKeys;
import dev.workbuddy.backup.sqlite.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step in the transaction that its connection has begun; closing it undoes what failed. */
final class StepRun {
  /** A savepoint goes with its transaction, so it tells whether a step has left that. */
  private static final String MARK = "wb_backup_step";

  private final Connection connection;
  private final String database;
  private final InstantSource clock;

  StepRun(Connection connection, Path file, InstantSource clock) {
    this.connection = connection;
    this.database = String.valueOf(file.getFileName());
    this.clock = clock;
  }

  Migration apply(Step step) throws SQLException {
    long brokenBefore = ForeignKeys.violations(connection);
    Sql.execute(connection, "SAVEPOINT " + MARK);
    run(step);
    requireSameTransaction(step, null);
    requireReferences(step, brokenBefore);
    record(step);
    Sql.execute(connection, "COMMIT");
    return new Migration(step.version() - 1, step.version(), false, List.of(step.rung()));
  }

  private void run(Step step) throws SQLException {
    try {
      step.action().run(connection);
    } catch (SQLException e) {
      if (Refusals.isOfFile(e)) {
        throw e;
      }
      throw failedItself(step, e);
    } catch (RuntimeException | Error e) {
      throw failedItself(step, e);
    }
  }

  /** SQL text cannot commit, and where SQLite has ended its transaction, that undid everything. */
  private BackupException failedItself(Step step, Throwable cause) {
    if (!(step.action() instanceof SqlScript)) {
      requireSameTransaction(step, cause);
    }
    return failed(step, Refusals.firstLine(cause), cause);
  }

  private void requireSameTransaction(Step step, @Nullable Throwable failure) {
    try {
      Sql.execute(connection, "RELEASE " + MARK);
    } catch (SQLException e) {
      throw Refusals.escaped(database, step.rung(), failure == null ? e : failure);
    }
  }

  /** Those that were broken before are not the step's doing. */
  private void requireReferences(Step step, long before) throws SQLException {
    long after = ForeignKeys.violations(connection);
    if (after > before) {
      throw failed(
          step,
          "foreign_key_check finds %s, %d before it".formatted(ForeignKeys.words(after), before),
          null);
    }
  }

  private void record(Step step) throws SQLException {
    try {
      History.add(connection, step, clock.instant());
      Sql.execute(connection, "PRAGMA main.user_version = " + step.version());
    } catch (SQLException e) {
      if (Refusals.isOfFile(e)) {
        throw e;
      }
      throw failed(step, "it cannot be recorded: " + Refusals.firstLine(e), e);
    }
  }

  private BackupException failed(Step step, String problem, @Nullable Throwable cause) {
    return Refusals.failed(database, step.rung(), problem, cause);
  }
}
