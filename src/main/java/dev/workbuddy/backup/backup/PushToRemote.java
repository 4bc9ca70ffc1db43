package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteFault;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.retention.Candidate;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Brings one remote up to date: what it lacks, holds, retention, orphans. */
final class PushToRemote {
  private final Remote remote;
  private final RetentionRules rules;
  private final BooleanSupplier maySweep;
  private final InstantSource clock;
  private final Progress progress;
  private final Map<SnapshotId, RemoteSnapshot> there = new LinkedHashMap<>();
  private final List<String> pushed = new ArrayList<>();
  private final List<String> swept = new ArrayList<>();
  private Optional<Failed<?>> failure = Optional.empty();
  private long bytes;
  private int waiting;
  private boolean restrained;

  /**
   * For one remote.
   *
   * @param maySweep whether anything may be deleted; asked each time, since an alarm may be raised
   *     while a slow push goes on
   */
  PushToRemote(
      Remote remote,
      RetentionRules rules,
      BooleanSupplier maySweep,
      InstantSource clock,
      Progress progress) {
    this.remote = remote;
    this.rules = rules;
    this.maySweep = maySweep;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Does it; whatever goes wrong is in the report.
   *
   * @param wanted must get there, where it is present
   * @param local this machine's own snapshots, newest first
   * @param most how many others may be pushed
   */
  RemoteReport run(Optional<StoredSnapshot> wanted, List<StoredSnapshot> local, int most)
      throws InterruptedException {
    Instant started = clock.instant();
    switch (remote.list()) {
      case Failed<RemoteListing> failed -> failure = Optional.of(failed);
      case Ok<RemoteListing>(RemoteListing listing) -> {
        listing.ours().stream()
            .filter(snapshot -> isFinished(snapshot.state()))
            .forEach(snapshot -> there.put(snapshot.id(), snapshot));
        push(wanted, local, most);
        if (failure.isEmpty()) {
          passOnHolds(local);
        }
        if (failure.isEmpty() && listing.isWhole()) {
          sweep();
        }
      }
    }
    return report(Duration.between(started, clock.instant()).toMillis());
  }

  private static boolean isFinished(SnapshotState state) {
    return state == SnapshotState.COMPLETE || state == SnapshotState.INCOMPLETE;
  }

  private void push(Optional<StoredSnapshot> wanted, List<StoredSnapshot> local, int most)
      throws InterruptedException {
    List<StoredSnapshot> others =
        lacking(local).stream().filter(snapshot -> !wanted.equals(Optional.of(snapshot))).toList();
    List<StoredSnapshot> now =
        Stream.concat(
                wanted.stream().filter(snapshot -> !there.containsKey(snapshot.id())),
                others.stream().limit(most))
            .toList();
    waiting = Math.max(0, others.size() - most);
    for (StoredSnapshot snapshot : now) {
      if (failure.filter(Failed::retryable).isPresent()) {
        waiting++;
        continue;
      }
      push(snapshot);
    }
  }

  /** What is not there and would stay there if it were. */
  private List<StoredSnapshot> lacking(List<StoredSnapshot> local) {
    List<StoredSnapshot> lacking =
        local.stream().filter(snapshot -> !there.containsKey(snapshot.id())).toList();
    RetentionPlan plan =
        rules.plan(
            Stream.concat(
                    there.values().stream().map(PushToRemote::candidate),
                    lacking.stream().map(Candidate::of))
                .toList());
    Set<SnapshotId> doomed = Set.copyOf(plan.deletions());
    return lacking.stream().filter(snapshot -> !doomed.contains(snapshot.id())).toList();
  }

  private void push(StoredSnapshot snapshot) throws InterruptedException {
    switch (remote.push(snapshot, progress)) {
      case Ok<Pushed>(Pushed proven) -> {
        there.put(snapshot.id(), proven.snapshot());
        pushed.add(snapshot.id().toString());
        bytes += proven.sentBytes();
      }
      case Failed<Pushed> failed -> {
        failure = failure.or(() -> Optional.of(failed));
        waiting++;
      }
    }
  }

  private void passOnHolds(List<StoredSnapshot> local) throws InterruptedException {
    for (StoredSnapshot snapshot : local) {
      RemoteSnapshot copy = there.get(snapshot.id());
      Hold hold = snapshot.hold();
      if (copy != null && hold != null && copy.hold() == null) {
        switch (remote.hold(copy, hold)) {
          case Ok<RemoteSnapshot>(RemoteSnapshot held) -> there.put(held.id(), held);
          case Failed<RemoteSnapshot> failed -> failure = Optional.of(failed);
        }
      }
    }
  }

  /** Deletes only what was listed whole and is ours; a hold set meanwhile is seen by the next. */
  private void sweep() throws InterruptedException {
    RetentionPlan plan = rules.plan(there.values().stream().map(PushToRemote::candidate).toList());
    for (SnapshotId id : plan.deletions()) {
      RemoteSnapshot doomed = there.get(id);
      if (doomed == null || pushed.contains(id.toString())) {
        continue;
      }
      if (!maySweep.getAsBoolean()) {
        restrained = true;
        return;
      }
      if (remote.delete(doomed) instanceof Failed<RemoteSnapshot> failed) {
        failure = Optional.of(failed);
        return;
      }
      swept.add(id.toString());
    }
    if (maySweep.getAsBoolean() && remote.sweepOrphans() instanceof Failed<List<String>> failed) {
      failure = Optional.of(failed);
    }
  }

  private static Candidate candidate(RemoteSnapshot snapshot) {
    return new Candidate(snapshot.id(), snapshot.state(), snapshot.hold() != null);
  }

  private RemoteReport report(long millis) {
    return new RemoteReport(
        remote.name(),
        failure.isEmpty() ? RemoteReport.DONE : RemoteReport.FAILED,
        failure.<RemoteFault>map(Failed::fault).orElse(null),
        failure.map(Failed::detail).orElse("holds " + count()),
        failure.map(Failed::hint).orElse(""),
        pushed,
        waiting,
        swept,
        bytes,
        millis);
  }

  private String count() {
    long left = there.keySet().stream().filter(id -> !swept.contains(id.toString())).count();
    return left
        + (left == 1 ? " snapshot" : " snapshots")
        + " of this machine"
        + (restrained ? "; none is swept while an alarm is open" : "");
  }
}
