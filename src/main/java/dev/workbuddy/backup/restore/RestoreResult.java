package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.migration.Climb;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
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
 * @param migrated by logical name, from which schema version to which the databases with migrations
 *     were brought; empty in a dry run
 * @param warnings the plan's, and what the checks added
 */
public record RestoreResult(
    Status status,
    boolean dryRun,
    RestorePlan plan,
    @Nullable String kept,
    Map<String, Climb> migrated,
    List<String> warnings,
    long durationMillis)
    implements Outcome {
  public RestoreResult {
    migrated = Map.copyOf(migrated);
    warnings = List.copyOf(warnings);
  }

  static RestoreResult of(
      RestorePlan plan,
      boolean dryRun,
      @Nullable Path kept,
      Staging.Filled filled,
      Instant started,
      Instant ended) {
    return new RestoreResult(
        plan.missing().isEmpty() ? Status.DONE : Status.INCOMPLETE,
        dryRun,
        plan,
        kept == null ? null : kept.toString(),
        filled.migrated(),
        filled.warnings(),
        Duration.between(started, ended).toMillis());
  }

  /** The same where what belongs to it was not done; nothing changes if nothing is lacking. */
  RestoreResult lacking(List<String> undone) {
    return undone.isEmpty()
        ? this
        : new RestoreResult(
            Status.INCOMPLETE,
            dryRun,
            plan,
            kept,
            migrated,
            Stream.concat(warnings.stream(), undone.stream()).toList(),
            durationMillis);
  }

  /** The same with something more that the user should know. */
  public RestoreResult warning(String text) {
    return new RestoreResult(
        status,
        dryRun,
        plan,
        kept,
        migrated,
        Stream.concat(warnings.stream(), Stream.of(text)).toList(),
        durationMillis);
  }

  @Override
  public List<String> alarms() {
    return warnings;
  }
}
