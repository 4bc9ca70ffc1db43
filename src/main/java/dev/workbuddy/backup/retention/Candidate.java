package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;

/**
 * What the retention rules need to know of a snapshot.
 *
 * @param turn grows in the order of their taking; 0 where that is not known
 * @param showsLoss whether it was taken of data that was about to be mended: it is no good one
 */
public record Candidate(
    SnapshotId id, SnapshotState state, boolean held, long turn, boolean showsLoss) {

  /** One of which only its date tells when it was taken. */
  public Candidate(SnapshotId id, SnapshotState state, boolean held) {
    this(id, state, held, 0, false);
  }

  public static Candidate of(StoredSnapshot snapshot) {
    return new Candidate(snapshot.id(), snapshot.state(), snapshot.isHeld())
        .showing(snapshot.showsLoss());
  }

  Candidate taken(long newTurn) {
    return new Candidate(id, state, held, newTurn, showsLoss);
  }

  /** The same, showing a loss or not. */
  public Candidate showing(boolean loss) {
    return new Candidate(id, state, held, turn, loss);
  }

  boolean isGood() {
    return state == SnapshotState.COMPLETE && !showsLoss;
  }
}
