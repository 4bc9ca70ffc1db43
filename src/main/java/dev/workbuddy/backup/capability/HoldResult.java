package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot whose hold was set or released.
 *
 * @param hold null where it is released
 */
public record HoldResult(SnapshotId snapshotId, @Nullable Hold hold) implements Outcome {
  @Override
  public Status status() {
    return Status.DONE;
  }
}
