package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot whose hold was set or released.
 *
 * @param hold null where it is released
 * @param before the hold that it had; null where it was not held
 * @param warnings copies where that could not be done
 */
public record HoldResult(
    SnapshotId snapshotId, @Nullable Hold hold, @Nullable Hold before, List<String> warnings)
    implements Outcome {
  public HoldResult {
    warnings = List.copyOf(warnings);
  }

  @Override
  public Status status() {
    return warnings.isEmpty() ? Status.DONE : Status.INCOMPLETE;
  }
}
