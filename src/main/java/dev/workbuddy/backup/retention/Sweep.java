package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Plans and executes the retention rules on the local history. Requires the run lock. */
public final class Sweep {
  private static final String OWN = "own";

  private final LocalStore store;
  private final RetentionRules rules;

  public Sweep(LocalStore store, RetentionRules rules) {
    this.store = store;
    this.rules = rules;
  }

  /**
   * What a sweep would do now. Each history is judged by itself: what was fetched from elsewhere
   * takes no place of this one's own, and the other way round.
   */
  public RetentionPlan plan() throws IOException {
    Predicate<StoredSnapshot> own = new IdentityFile(store.directory()).ownership();
    Map<String, List<StoredSnapshot>> histories =
        store.list().stream()
            .collect(Collectors.groupingBy(snapshot -> own.test(snapshot) ? OWN : whose(snapshot)));
    return RetentionPlan.of(
        histories.values().stream()
            .map(lastFirst -> rules.plan(Candidate.inTurn(lastFirst).values()))
            .toList());
  }

  /** Before a history has an identity nobody knows whose snapshots are. */
  private static String whose(StoredSnapshot snapshot) {
    return snapshot.readManifest().map(Manifest::identity).orElse("");
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
          problems.add("%s could not be deleted: %s".formatted(id, IoMessages.of(e)));
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
