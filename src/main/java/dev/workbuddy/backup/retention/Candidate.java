package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;

/** What the retention rules need to know of a snapshot. */
public record Candidate(SnapshotId id, SnapshotState state, boolean held) {

  public static Candidate of(StoredSnapshot snapshot) {
    return new Candidate(snapshot.id(), snapshot.state(), snapshot.isHeld());
  }

  boolean isGood() {
    return state == SnapshotState.COMPLETE;
  }
}
