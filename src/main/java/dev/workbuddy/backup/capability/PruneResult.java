package dev.workbuddy.backup.capability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.workbuddy.backup.backup.PrunedRemote;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.retention.Sweep;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep did, or would do; incomplete where not everything could be swept.
 *
 * @param decisions the plan, newest snapshot first
 * @param deleted what was really deleted; empty for a dry run
 * @param problems what could not be deleted here, in words
 * @param openAlarms nothing goes while there is one
 * @param remotes the same for each remote
 */
public record PruneResult(
    boolean dryRun,
    List<Decision> decisions,
    List<SnapshotId> deleted,
    List<String> problems,
    @JsonProperty("alarms") List<Alarm> openAlarms,
    List<OnRemote> remotes)
    implements Outcome {

  /** The fate of one snapshot, with every reason to keep it. */
  public record Decision(SnapshotId id, boolean keep, List<String> reasons) {}

  /**
   * One remote's part.
   *
   * @param tidied what became of what killed runs left there, in words
   * @param problem why nothing, or not everything, was swept; null where there was no problem
   * @param hint what the user can do; empty where there is no problem
   */
  public record OnRemote(
      String name,
      List<Decision> decisions,
      List<SnapshotId> deleted,
      List<String> tidied,
      @Nullable String problem,
      String hint) {}

  public PruneResult {
    decisions = List.copyOf(decisions);
    deleted = List.copyOf(deleted);
    problems = List.copyOf(problems);
    openAlarms = List.copyOf(openAlarms);
    remotes = List.copyOf(remotes);
  }

  static PruneResult of(RetentionPlan plan, Sweep.Swept swept, boolean dryRun, List<Alarm> alarms) {
    return new PruneResult(
        dryRun, decisions(plan), swept.deleted(), swept.problems(), alarms, List.of());
  }

  PruneResult withRemotes(List<PrunedRemote> pruned) {
    return new PruneResult(
        dryRun,
        decisions,
        deleted,
        problems,
        openAlarms,
        pruned.stream()
            .map(
                one ->
                    new OnRemote(
                        one.name(),
                        decisions(one.plan()),
                        one.deleted(),
                        one.tidied(),
                        one.problem(),
                        one.hint()))
            .toList());
  }

  private static List<Decision> decisions(RetentionPlan plan) {
    return plan.decisions().stream()
        .map(decision -> new Decision(decision.id(), decision.keep(), decision.reasons()))
        .toList();
  }

  /** Whether there is nothing to delete, anywhere. */
  public boolean keepsAll() {
    return Stream.concat(
            decisions.stream(), remotes.stream().flatMap(remote -> remote.decisions().stream()))
        .allMatch(Decision::keep);
  }

  /** The snapshots that stay only since an alarm is open. */
  public List<SnapshotId> withheld() {
    return Stream.concat(
            decisions.stream(), remotes.stream().flatMap(remote -> remote.decisions().stream()))
        .filter(decision -> decision.reasons().equals(List.of(Alarms.REASON)))
        .map(Decision::id)
        .distinct()
        .toList();
  }

  /** A sweep that an open alarm stopped was refused by the guard. */
  @Override
  public Status status() {
    if (!dryRun && !withheld().isEmpty()) {
      return Status.REFUSED;
    }
    return problems.isEmpty() && remotes.stream().allMatch(remote -> remote.problem() == null)
        ? Status.DONE
        : Status.INCOMPLETE;
  }
}
