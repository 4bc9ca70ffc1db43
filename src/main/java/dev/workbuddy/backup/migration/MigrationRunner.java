package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Brings databases up their ladders. Several processes may run the same ladder on the same file at
 * once: each step is applied by exactly one of them. A process that dies leaves the database
 * between two steps, never inside one.
 */
public final class MigrationRunner {
  private final InstantSource clock;
  private final Duration busyTimeout;

  /**
   * A runner.
   *
   * @param clock for the history
   * @param busyTimeout how long to wait where another process has the database locked
   */
  public MigrationRunner(InstantSource clock, Duration busyTimeout) {
    this.clock = clock;
    this.busyTimeout = busyTimeout;
  }

  /**
   * Looks, and changes nothing.
   *
   * @throws BackupException {@code database-missing}, {@code database-damaged} or {@code
   *     database-in-use} where the file cannot be read, {@code migration-failed} where its history
   *     and its version disagree
   */
  public MigrationStatus status(Path file, Ladder ladder) {
    SchemaState state = read(file);
    requireAgreement(String.valueOf(file.getFileName()), ladder, state);
    return MigrationStatus.of(state, ladder);
  }

  /**
   * The version that the database was taken to be at when it came to its ladder; empty where it
   * climbed from the ground, or cannot be read.
   */
  public OptionalInt baseline(Path file) {
    if (!Files.isRegularFile(file)) {
      return OptionalInt.empty();
    }
    try (Connection connection = Connections.live(file, busyTimeout)) {
      return History.baseline(connection);
    } catch (SQLException unreadable) {
      return OptionalInt.empty();
    }
  }

  /** The schema version of a database that holds something; empty where it is unknown. */
  public OptionalInt version(Path file) {
    try {
      SchemaState state = read(file);
      return state.hasTables() || state.version() > 0
          ? OptionalInt.of(state.version())
          : OptionalInt.empty();
    } catch (BackupException unreadable) {
      return OptionalInt.empty();
    }
  }

  /**
   * What {@link #run} would do; changes nothing.
   *
   * @throws BackupException as that would, before it changes anything
   */
  public Migration plan(Path file, Ladder ladder) {
    SchemaState state = read(file);
    requireClimbable(file, ladder, state, EditedSteps.REFUSE);
    return ladder.plan(state.version(), state.hasTables());
  }

  /**
   * Refuses what would keep {@link #run} from beginning: a file that cannot be written, or a
   * command that is not there. Changes nothing.
   *
   * @throws BackupException {@code database-read-only}, {@code database-in-use} or {@code
   *     migrate-command-failed}
   */
  public void requireReady(Path file, Ladder ladder) {
    try (Connection connection = Connections.writable(file, busyTimeout)) {
      Sql.execute(connection, "BEGIN IMMEDIATE");
      Sql.execute(connection, "ROLLBACK");
    } catch (SQLException e) {
      throw Refusals.ofSqlite(file, e);
    }
    if (ladder instanceof CommandLadder command) {
      CommandRun.requireProgram(command, file);
    }
  }

  /**
   * Brings the database to the ladder's top. A file of zero bytes is an empty database; one that is
   * not there is refused.
   *
   * @return what this call did; steps that another process applied meanwhile are not in it
   * @throws BackupException {@code schema-too-new}, {@code migration-edited}, {@code
   *     migration-failed}, {@code migrate-command-failed}, {@code database-missing}, {@code
   *     database-read-only}, {@code database-damaged} or {@code database-in-use}; a step that fails
   *     is undone as a whole, those before it stay
   */
  public Migration run(Path file, Ladder ladder, EditedSteps edits)
      throws IOException, InterruptedException {
    SchemaState state = read(file);
    requireClimbable(file, ladder, state, edits);
    if (!ladder.plan(state.version(), state.hasTables()).changes()) {
      return Migration.none(state.version());
    }
    return switch (ladder) {
      case StepLadder steps -> climb(file, steps, state.version(), edits);
      case CommandLadder command -> new CommandRun(command, this::read).run(file, state.version());
    };
  }

  private Migration climb(Path file, StepLadder ladder, int from, EditedSteps edits) {
    List<StepSummary> applied = new ArrayList<>();
    int version = from;
    boolean baseline = false;
    while (version < ladder.top()) {
      Migration done = climbOnce(file, ladder, edits);
      applied.addAll(done.steps());
      baseline |= done.baseline();
      version = done.to();
    }
    return new Migration(from, version, baseline, applied);
  }

  /** Each step has a connection of its own: nothing of one's settings reaches the next. */
  private Migration climbOnce(Path file, StepLadder ladder, EditedSteps edits) {
    try (Connection connection = Connections.writable(file, busyTimeout)) {
      Sql.execute(connection, "PRAGMA foreign_keys = OFF");
      Sql.execute(connection, "BEGIN IMMEDIATE");
      SchemaState state = SchemaState.read(connection);
      requireClimbable(file, ladder, state, edits);
      Migration rest = ladder.plan(state.version(), state.hasTables());
      if (!rest.changes()) {
        return Migration.none(state.version());
      }
      return rest.baseline()
          ? adopt(connection, ladder.baseline())
          : new StepRun(connection, file, clock).apply(ladder.step(state.version() + 1));
    } catch (SQLException e) {
      throw Refusals.ofSqlite(file, e);
    }
  }

  private Migration adopt(Connection connection, int baseline) throws SQLException {
    History.addBaseline(connection, baseline, clock.instant());
    Sql.execute(connection, "PRAGMA main.user_version = " + baseline);
    Sql.execute(connection, "COMMIT");
    return new Migration(0, baseline, true, List.of());
  }

  private static void requireClimbable(
      Path file, Ladder ladder, SchemaState state, EditedSteps edits) {
    String name = String.valueOf(file.getFileName());
    if (state.version() < 0) {
      throw Refusals.failed(name, "its schema version is " + state.version());
    }
    if (state.version() > ladder.top()) {
      throw Refusals.tooNew(name, state.version(), ladder.top());
    }
    requireAgreement(name, ladder, state);
    List<StepSummary> edited = state.edited(ladder);
    if (edits == EditedSteps.REFUSE && !edited.isEmpty()) {
      throw Refusals.edited(name, edited);
    }
  }

  private static void requireAgreement(String name, Ladder ladder, SchemaState state) {
    int recorded = state.recorded(ladder);
    if (recorded > state.version()) {
      throw Refusals.disagreeing(name, recorded, state.version());
    }
  }

  private SchemaState read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Refusals.missing(file);
    }
    try (Connection connection = Connections.live(file, busyTimeout)) {
      Sql.execute(connection, "BEGIN");
      return SchemaState.read(connection);
    } catch (SQLException e) {
      throw Refusals.ofSqlite(file, e);
    }
  }
}
