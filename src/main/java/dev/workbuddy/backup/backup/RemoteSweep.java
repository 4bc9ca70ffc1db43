package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.retention.Candidate;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The retention rules on a remote: they judge what it lists as whole and as this machine's. */
final class RemoteSweep {
  private final Remote remote;
  private final RetentionRules rules;
  private final BooleanSupplier allowed;
  private final Map<SnapshotId, Candidate> local;

  /**
   * For one remote.
   *
   * @param allowed whether anything may be deleted; asked each time, since an alarm may be raised
   *     while a slow sweep goes on
   * @param local this history here, the one that was taken last first: it tells more than a listing
   */
  RemoteSweep(
      Remote remote, RetentionRules rules, BooleanSupplier allowed, List<StoredSnapshot> local) {
    this.remote = remote;
    this.rules = rules;
    this.allowed = allowed;
    this.local = Candidate.inTurn(local);
  }

  /** What of a listing the rules are about. */
  static Map<SnapshotId, RemoteSnapshot> finished(RemoteListing listing) {
    Map<SnapshotId, RemoteSnapshot> finished = new LinkedHashMap<>();
    for (RemoteSnapshot snapshot : listing.ours()) {
      boolean whole =
          snapshot.state() == SnapshotState.COMPLETE
              || snapshot.state() == SnapshotState.INCOMPLETE;
      if (whole) {
        finished.put(snapshot.id(), snapshot);
      }
    }
    return finished;
  }

  /** Why nothing may be swept, and what the user can do. */
  record Obstacle(String words, String hint) {}

  /** Whether something forbids to sweep. */
  static Optional<Obstacle> obstacle(RemoteListing listing) {
    return listing.isWhole()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "nothing is swept: " + String.join("; ", listing.gaps()),
                "Delete by hand what is not needed there, until a listing shows all."));
  }

  RetentionRules rules() {
    return rules;
  }

  boolean isAllowed() {
    return allowed.getAsBoolean();
  }

  RetentionPlan plan(Collection<RemoteSnapshot> finished) {
    return rules.plan(finished.stream().map(this::candidate).toList());
  }

  Candidate candidate(RemoteSnapshot snapshot) {
    Candidate plain = new Candidate(snapshot.id(), snapshot.state(), snapshot.hold() != null);
    Candidate here = local.get(snapshot.id());
    return here == null ? plain : plain.as(here);
  }

  /** One that is here and may get there. */
  Candidate candidate(StoredSnapshot snapshot) {
    return local.getOrDefault(snapshot.id(), Candidate.of(snapshot));
  }

  /**
   * What was deleted.
   *
   * @param tidied what became of what killed runs left, in words
   * @param failure what ended it early
   * @param restrained whether it was stopped since nothing may be deleted
   */
  record Swept(
      List<SnapshotId> deleted,
      List<String> tidied,
      Optional<Failed<?>> failure,
      boolean restrained) {
    Swept {
      deleted = List.copyOf(deleted);
      tidied = List.copyOf(tidied);
    }

    /**
     * Removes what killed runs left, provided that nothing failed so far, and returns this result
     * with what came of it.
     */
    Swept withTidying(Remote remote, boolean allowed) throws InterruptedException {
      if (failure.isPresent() || !allowed) {
        return this;
      }
      return switch (remote.sweepOrphans()) {
        case Ok<List<String>>(List<String> done) -> new Swept(deleted, done, failure, restrained);
        case Failed<List<String>> failed ->
            new Swept(deleted, tidied, Optional.of(failed), restrained);
      };
    }
  }

  /**
   * Deletes what the plan says. What somebody holds meanwhile stays.
   *
   * @param spared stay whatever the plan says
   */
  Swept execute(
      RetentionPlan plan, Map<SnapshotId, RemoteSnapshot> finished, Set<SnapshotId> spared)
      throws InterruptedException {
    List<SnapshotId> deleted = new ArrayList<>();
    for (SnapshotId id : plan.deletions()) {
      RemoteSnapshot doomed = finished.get(id);
      if (doomed == null || spared.contains(id)) {
        continue;
      }
      if (!isAllowed()) {
        return new Swept(deleted, List.of(), Optional.empty(), true);
      }
      switch (remote.delete(doomed)) {
        case Ok<RemoteSnapshot>(RemoteSnapshot gone) when gone.hold() == null -> deleted.add(id);
        case Ok<RemoteSnapshot> _ -> {}
        case Failed<RemoteSnapshot> failed -> {
          return new Swept(deleted, List.of(), Optional.of(failed), false);
        }
      }
    }
    return new Swept(deleted, List.of(), Optional.empty(), false);
  }
}
