package dev.workbuddy.backup.capability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.List;

/**
 * What a sweep did, or would do.
 *
 * @param decisions the plan, newest snapshot first
 * @param deleted what was really deleted; empty for a dry run
 * @param openAlarms nothing goes while there is one
 */
public record PruneResult(
    boolean dryRun,
    List<Decision> decisions,
    List<SnapshotId> deleted,
    @JsonProperty("alarms") List<Alarm> openAlarms)
    implements Outcome {

  /** The fate of one snapshot, with every reason to keep it. */
  public record Decision(SnapshotId id, boolean keep, List<String> reasons) {}

  public PruneResult {
    decisions = List.copyOf(decisions);
    deleted = List.copyOf(deleted);
    openAlarms = List.copyOf(openAlarms);
  }

  static PruneResult of(
      RetentionPlan plan, List<SnapshotId> deleted, boolean dryRun, List<Alarm> alarms) {
    return new PruneResult(
        dryRun,
        plan.decisions().stream().map(d -> new Decision(d.id(), d.keep(), d.reasons())).toList(),
        deleted,
        alarms);
  }

  /** The snapshots that stay only since an alarm is open. */
  public List<SnapshotId> withheld() {
    return decisions.stream()
        .filter(decision -> decision.reasons().equals(List.of(Alarms.REASON)))
        .map(Decision::id)
        .toList();
  }

  /** A sweep that an open alarm stopped was refused by the guard. */
  @Override
  public Status status() {
    return dryRun || withheld().isEmpty() ? Status.DONE : Status.REFUSED;
  }
}
