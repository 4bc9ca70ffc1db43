package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history that this data root goes on with.
 *
 * @param dryRun whether nothing was done
 * @param snapshotId one of its snapshots; null where it begins now
 * @param host the machine that took that one; where it begins now, the data root that has it
 * @param mark how the history shows in names; empty where that is not known yet
 * @param own whether it was this data root's already
 * @param apart whether it begins now, apart from the history that this data root had
 */
public record TakenOver(
    boolean dryRun,
    @Nullable String snapshotId,
    String host,
    String mark,
    boolean own,
    boolean apart,
    List<String> warnings)
    implements Outcome {
  public TakenOver {
    warnings = List.copyOf(warnings);
  }

  static TakenOver apart(boolean dryRun, String dataRoot, String mark, List<String> warnings) {
    return new TakenOver(dryRun, null, dataRoot, mark, false, true, warnings);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }

  TakenOver done(List<String> more) {
    return new TakenOver(false, snapshotId, host, mark, own, apart, more);
  }
}
