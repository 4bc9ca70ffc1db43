package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What a sweep would do, decided without doing it.
 *
 * @param decisions one for each snapshot, newest first
 */
public record RetentionPlan(List<Decision> decisions) {

  /**
   * The fate of one snapshot.
   *
   * @param reasons every reason to keep it; empty where it goes
   */
  public record Decision(SnapshotId id, List<String> reasons) {
    public Decision {
      reasons = List.copyOf(reasons);
    }

    public boolean keep() {
      return !reasons.isEmpty();
    }
  }

  public RetentionPlan {
    decisions = List.copyOf(decisions);
  }

  /** Those of several histories as one. */
  static RetentionPlan of(List<RetentionPlan> plans) {
    return new RetentionPlan(
        plans.stream()
            .flatMap(plan -> plan.decisions().stream())
            .sorted(Comparator.comparing(Decision::id).reversed())
            .toList());
  }

  /** Returns this plan with everything kept; the reason is given where there would be none. */
  public RetentionPlan keepingAll(String reason) {
    return keepingAllBut(Set.of(), reason);
  }

  /**
   * This plan with everything kept but the given snapshots, which go only where they would anyway.
   *
   * @param reason stands where there would be none
   */
  public RetentionPlan keepingAllBut(Set<SnapshotId> going, String reason) {
    return new RetentionPlan(
        decisions.stream()
            .map(
                one ->
                    one.keep() || going.contains(one.id())
                        ? one
                        : new Decision(one.id(), List.of(reason)))
            .toList());
  }

  /** The snapshots that go, oldest first: a sweep that is cut short has kept the newer ones. */
  public List<SnapshotId> deletions() {
    return decisions.stream()
        .filter(decision -> !decision.keep())
        .map(Decision::id)
        .sorted()
        .toList();
  }
}
