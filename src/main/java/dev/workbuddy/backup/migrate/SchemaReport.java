package dev.workbuddy.backup.migrate;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.workbuddy.backup.migration.MigrationStatus;
import dev.workbuddy.backup.migration.StepSummary;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where each live database stands beside its ladder.
 *
 * @param warnings what the application did not tell
 */
public record SchemaReport(List<Entry> databases, List<String> warnings) implements Outcome {
  public SchemaReport {
    databases = List.copyOf(databases);
    warnings = List.copyOf(warnings);
  }

  @Override
  public Status status() {
    return databases.stream()
        .flatMap(entry -> Stream.ofNullable(entry.problem()))
        .map(problem -> problem.code().status())
        .max(Comparator.comparingInt(Status::exitCode))
        .orElse(Status.DONE);
  }

  /** Why a database cannot be brought up its ladder, or could not be read. */
  public record Problem(ErrorCode code, String text, String hint) {
    static Problem of(BackupException e) {
      return new Problem(e.code(), e.text(), e.hint());
    }
  }

  /** How a database stands. */
  public enum State {
    CURRENT,
    PENDING,
    TOO_NEW,
    EDITED,
    MISSING,
    UNREADABLE,
    NO_MIGRATIONS;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One database.
   *
   * @param file below the live directory
   * @param version its schema version; null where it is not there or has no migrations
   * @param top the version that its migrations lead to; null where it has none
   * @param baseline whether it would be taken to be at the top as it is
   * @param pending the steps that a run would apply
   * @param edited steps that were edited after they had been applied
   * @param problem null where there is none
   */
  public record Entry(
      String database,
      String file,
      State state,
      @Nullable Integer version,
      @Nullable Integer top,
      boolean baseline,
      List<StepSummary> pending,
      List<StepSummary> edited,
      @Nullable Problem problem) {
    public Entry {
      pending = List.copyOf(pending);
      edited = List.copyOf(edited);
    }

    public static Entry without(String database, String file, State state, @Nullable Integer top) {
      return new Entry(database, file, state, null, top, false, List.of(), List.of(), null);
    }

    public static Entry unreadable(String database, String file, BackupException e) {
      return new Entry(
          database, file, State.UNREADABLE, null, null, false, List.of(), List.of(), Problem.of(e));
    }

    boolean isClimbable() {
      return state != State.TOO_NEW && state != State.EDITED;
    }

    /**
     * Returns this entry with the error with which a run would refuse it; null where it would not
     * refuse it.
     */
    public Entry refused(@Nullable BackupException e) {
      Problem why = e == null ? null : Problem.of(e);
      return new Entry(database, file, state, version, top, baseline, pending, edited, why);
    }

    public static Entry of(String database, String file, MigrationStatus status) {
      return new Entry(
          database,
          file,
          state(status),
          status.version(),
          status.top(),
          status.pending().baseline(),
          status.pending().steps(),
          status.edited(),
          null);
    }

    private static State state(MigrationStatus status) {
      if (status.isTooNew()) {
        return State.TOO_NEW;
      }
      if (!status.edited().isEmpty()) {
        return State.EDITED;
      }
      return status.pending().changes() ? State.PENDING : State.CURRENT;
    }
  }
}
