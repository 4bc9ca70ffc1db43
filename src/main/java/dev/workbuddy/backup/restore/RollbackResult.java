package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A restore that was taken back, or would be.
 *
 * @param status {@link Status#INCOMPLETE} where what belongs to it was not done
 * @param dryRun whether nothing was done
 * @param undone the snapshot whose restore was undone
 * @param restoredAt when that was, ISO 8601 in UTC; null where the kept data's name does not tell
 * @param databases the databases that are again what they were before it
 * @param kept where the data that the rollback replaced is kept; null in a dry run
 * @param warnings what the user should know
 */
public record RollbackResult(
    Status status,
    boolean dryRun,
    String undone,
    @Nullable String restoredAt,
    List<String> databases,
    @Nullable String kept,
    List<String> warnings)
    implements Outcome {
  public RollbackResult {
    databases = List.copyOf(databases);
    warnings = List.copyOf(warnings);
  }

  /** Whether both are of one and the same restore. */
  boolean undoesWhat(RollbackResult other) {
    return undone.equals(other.undone)
        && Objects.equals(restoredAt, other.restoredAt)
        && databases.equals(other.databases);
  }

  /**
   * Returns this result as incomplete, with a warning for each part that was not done; returns it
   * unchanged if there is none.
   */
  RollbackResult lacking(List<String> undone) {
    return undone.isEmpty() ? this : with(Status.INCOMPLETE, undone);
  }

  /** This result with more that the user should know. */
  public RollbackResult warning(List<String> more) {
    return with(status, more);
  }

  private RollbackResult with(Status newStatus, List<String> more) {
    return new RollbackResult(
        newStatus,
        dryRun,
        undone,
        restoredAt,
        databases,
        kept,
        Stream.concat(warnings.stream(), more.stream()).toList());
  }

  @Override
  public List<String> alarms() {
    return warnings;
  }
}
