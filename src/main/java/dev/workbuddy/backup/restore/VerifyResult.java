package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.contents.Damage;
import dev.workbuddy.backup.sqlite.Soundness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What verifying one or more snapshots found.
 *
 * @param snapshots what could be looked at, newest first
 * @param unchecked what could not
 * @param skipped the ids of those that a sweep deleted meanwhile
 */
public record VerifyResult(
    List<Verified> snapshots, List<Unchecked> unchecked, List<String> skipped) implements Outcome {

  /** A snapshot of which nothing can be said, and why not. */
  public record Unchecked(String snapshotId, Damage problem) {}

  /**
   * One snapshot, unpacked and checked to the last index entry.
   *
   * @param sound whether everything in it can be restored
   * @param soundness how far its databases can be relied on: that of the worst of them
   * @param databases how many databases were opened and checked
   * @param rows rows in all their tables
   * @param damage what is broken; empty where it is sound
   * @param next what to do about it; null where it is sound
   */
  public record Verified(
      String snapshotId,
      boolean sound,
      Soundness soundness,
      int databases,
      long rows,
      List<Damage> damage,
      @Nullable String next,
      List<String> warnings,
      long durationMillis) {}

  public VerifyResult {
    snapshots = List.copyOf(snapshots);
    unchecked = List.copyOf(unchecked);
    skipped = List.copyOf(skipped);
  }

  /**
   * Returns the worst status, damage first; a snapshot that could not be read is not called sound.
   */
  @Override
  public Status status() {
    if (!snapshots.stream().allMatch(Verified::sound)) {
      return Status.DAMAGED;
    }
    boolean nothingSeen = snapshots.isEmpty() && !skipped.isEmpty();
    return unchecked.isEmpty() && !nothingSeen ? Status.DONE : Status.INCOMPLETE;
  }
}
