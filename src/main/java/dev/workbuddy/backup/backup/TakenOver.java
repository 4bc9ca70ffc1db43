package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;

/**
 * A history that this data root goes on with.
 *
 * @param dryRun whether nothing was done
 * @param snapshotId one of its snapshots
 * @param host the machine that took that one
 * @param mark how the history shows in names
 * @param own whether it was this data root's already
 */
public record TakenOver(
    boolean dryRun, String snapshotId, String host, String mark, boolean own, List<String> warnings)
    implements Outcome {
  public TakenOver {
    warnings = List.copyOf(warnings);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }

  TakenOver done(List<String> more) {
    return new TakenOver(false, snapshotId, host, mark, own, more);
  }
}
