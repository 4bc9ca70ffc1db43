package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /**
   * Those of a history, by id, that know in which order they were taken.
   *
   * @param lastFirst the one that was taken last first
   */
  public static Map<SnapshotId, Candidate> inTurn(List<StoredSnapshot> lastFirst) {
    Map<SnapshotId, Candidate> candidates = new LinkedHashMap<>();
    long turn = lastFirst.size();
    for (StoredSnapshot snapshot : lastFirst) {
      Candidate plain = of(snapshot);
      candidates.put(
          plain.id(),
          new Candidate(plain.id(), plain.state(), plain.held(), turn, plain.showsLoss()));
      turn--;
    }
    return candidates;
  }

  /** A copy of a snapshot of which more is known here. */
  public Candidate as(Candidate original) {
    return new Candidate(id, state, held, original.turn(), original.showsLoss());
  }

  /** Returns this candidate as one that shows a loss, or does not. */
  Candidate showing(boolean loss) {
    return new Candidate(id, state, held, turn, loss);
  }

  boolean isGood() {
    return state == SnapshotState.COMPLETE && !showsLoss;
  }
}
