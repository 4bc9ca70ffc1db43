package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.List;

/**
 * What a sweep did, or would do.
 *
 * @param decisions the plan, newest snapshot first
 * @param deleted what was really deleted; empty for a dry run
 */
public record PruneResult(boolean dryRun, List<Decision> decisions, List<SnapshotId> deleted)
    implements Outcome {

  /** The fate of one snapshot, with every reason to keep it. */
  public record Decision(SnapshotId id, boolean keep, List<String> reasons) {}

  public PruneResult {
    decisions = List.copyOf(decisions);
    deleted = List.copyOf(deleted);
  }

  static PruneResult of(RetentionPlan plan, List<SnapshotId> deleted, boolean dryRun) {
    return new PruneResult(
        dryRun,
        plan.decisions().stream().map(d -> new Decision(d.id(), d.keep(), d.reasons())).toList(),
        deleted);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
