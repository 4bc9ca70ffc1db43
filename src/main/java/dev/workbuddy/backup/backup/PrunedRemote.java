package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep did on one remote, or would do.
 *
 * @param name the remote's
 * @param plan for each snapshot of this machine that is whole there; empty where there is a problem
 * @param deleted what was really deleted
 * @param tidied what became of what killed runs left there, in words
 * @param problem why nothing, or not everything, was swept; null where there was no problem
 * @param hint what the user can do; empty where there is no problem
 */
public record PrunedRemote(
    String name,
    RetentionPlan plan,
    List<SnapshotId> deleted,
    List<String> tidied,
    @Nullable String problem,
    String hint) {
  public PrunedRemote {
    deleted = List.copyOf(deleted);
    tidied = List.copyOf(tidied);
  }

  static PrunedRemote failed(String name, String problem, String hint) {
    return new PrunedRemote(
        name, new RetentionPlan(List.of()), List.of(), List.of(), problem, hint);
  }
}
