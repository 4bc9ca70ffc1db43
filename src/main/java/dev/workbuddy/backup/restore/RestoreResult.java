package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Alarm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a restore did, or would do.
 *
 * @param status {@link Status#INCOMPLETE} where the snapshot lacks a database that was asked for
 * @param dryRun whether only the plan was made
 * @param kept where the replaced data is kept; null where nothing was replaced
 * @param replaced the live databases that it took the place of, as they were right before; empty in
 *     a dry run
 * @param migrated by logical name, from which schema version to which the databases with migrations
 *     were brought; empty in a dry run
 * @param closedAlarms open until what they tell of was brought back by this
 * @param warnings the plan's, and what the checks added
 */
public record RestoreResult(
    Status status,
    boolean dryRun,
    RestorePlan plan,
    @Nullable String kept,
    List<ReplacedDatabase> replaced,
    Map<String, Migration> migrated,
    List<Alarm> closedAlarms,
    List<String> warnings,
    long durationMillis)
    implements Outcome {
  public RestoreResult {
    replaced = List.copyOf(replaced);
    migrated = Map.copyOf(migrated);
    closedAlarms = List.copyOf(closedAlarms);
    warnings = List.copyOf(warnings);
  }

  static RestoreResult of(
      RestorePlan plan,
      boolean dryRun,
      @Nullable Path kept,
      List<ReplacedDatabase> replaced,
      Staging.Filled filled,
      Instant started,
      Instant ended) {
    return new RestoreResult(
        plan.missing().isEmpty() ? Status.DONE : Status.INCOMPLETE,
        dryRun,
        plan,
        kept == null ? null : kept.toString(),
        replaced,
        filled.migrated(),
        List.of(),
        filled.warnings(),
        Duration.between(started, ended).toMillis());
  }

  /**
   * Returns this result as incomplete, with a warning for each part that was not done; returns it
   * unchanged if there is none.
   */
  RestoreResult lacking(List<String> undone) {
    return undone.isEmpty() ? this : with(Status.INCOMPLETE, closedAlarms, undone);
  }

  /** Returns this result with one more warning. */
  public RestoreResult warning(String text) {
    return with(status, closedAlarms, List.of(text));
  }

  /** Returns this result with the alarms that the restore closed. */
  public RestoreResult closing(List<Alarm> closed) {
    return with(status, closed, List.of());
  }

  private RestoreResult with(Status newStatus, List<Alarm> closed, List<String> more) {
    return new RestoreResult(
        newStatus,
        dryRun,
        plan,
        kept,
        replaced,
        migrated,
        closed,
        Stream.concat(warnings.stream(), more.stream()).toList(),
        durationMillis);
  }

  @Override
  public List<String> alarms() {
    return warnings;
  }
}
