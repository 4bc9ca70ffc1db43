package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restore did, or would do.
 *
 * @param status {@link Status#INCOMPLETE} where the snapshot lacks a database that was asked for
 * @param dryRun whether only the plan was made
 * @param kept where the replaced data is kept; null where nothing was replaced
 * @param warnings the plan's, and what the checks added
 */
public record RestoreResult(
    Status status,
    boolean dryRun,
    RestorePlan plan,
    @Nullable String kept,
    List<String> warnings,
    long durationMillis)
    implements Outcome {
  public RestoreResult {
    warnings = List.copyOf(warnings);
  }
}
