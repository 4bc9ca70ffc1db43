package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.io.IoWords;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plans and executes the retention rules on the local history. Wants the run lock held. */
public final class Sweep {
  private final LocalStore store;
  private final RetentionRules rules;

  public Sweep(LocalStore store, RetentionRules rules) {
    this.store = store;
    this.rules = rules;
  }

  /** What a sweep would do now. */
  public RetentionPlan plan() throws IOException {
    List<StoredSnapshot> lastFirst = store.list();
    return rules.plan(
        IntStream.range(0, lastFirst.size())
            .mapToObj(i -> Candidate.of(lastFirst.get(i)).taken(lastFirst.size() - (long) i))
            .toList());
  }

  /**
   * Deletes what the plan says, except what has been held since. One that cannot be deleted keeps
   * no other from it.
   *
   * @param spared snapshots that stay whatever the plan says
   * @return what was deleted, and what could not be
   */
  public Swept execute(RetentionPlan plan, Set<SnapshotId> spared) throws IOException {
    Map<SnapshotId, StoredSnapshot> stored =
        store.list().stream().collect(Collectors.toMap(StoredSnapshot::id, Function.identity()));
    List<SnapshotId> deleted = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (SnapshotId id : plan.deletions()) {
      StoredSnapshot snapshot = stored.get(id);
      if (snapshot != null && !snapshot.isHeld() && !spared.contains(id)) {
        try {
          store.delete(snapshot);
          deleted.add(id);
        } catch (IOException e) {
          problems.add("%s could not be deleted: %s".formatted(id, IoWords.of(e)));
        }
      }
    }
    return new Swept(deleted, problems);
  }

  /**
   * What a sweep did.
   *
   * @param problems what it could not delete, in words for people
   */
  public record Swept(List<SnapshotId> deleted, List<String> problems) {
    public Swept {
      deleted = List.copyOf(deleted);
      problems = List.copyOf(problems);
    }
  }
}
