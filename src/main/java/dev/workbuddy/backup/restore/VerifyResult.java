package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;

/** What verifying one or more snapshots found. */
public record VerifyResult(List<Verified> snapshots) implements Outcome {

  /**
   * One snapshot, unpacked and checked to the last index entry.
   *
   * @param sound whether everything in it can be restored
   * @param databases how many databases were opened and checked
   * @param rows rows in all their tables
   * @param damage what is broken; empty where it is sound
   */
  public record Verified(
      String snapshotId,
      boolean sound,
      int databases,
      long rows,
      List<Finding> damage,
      List<String> warnings,
      long durationMillis) {}

  public VerifyResult {
    snapshots = List.copyOf(snapshots);
  }

  @Override
  public Status status() {
    return snapshots.stream().allMatch(Verified::sound) ? Status.DONE : Status.DAMAGED;
  }
}
