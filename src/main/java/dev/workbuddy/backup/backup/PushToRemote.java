package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.backup.RemoteSweep.Obstacle;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotProblem;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Brings one remote up to date: what it lacks, holds, retention, orphans. */
final class PushToRemote {
  private final Remote remote;
  private final RemoteSweep sweep;
  private final FirstLook firstLook;
  private final InstantSource clock;
  private final Progress progress;
  private final Map<SnapshotId, RemoteSnapshot> there = new LinkedHashMap<>();
  private final List<String> pushed = new ArrayList<>();
  private final List<String> swept = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> tidied = new ArrayList<>();
  private final List<StoredSnapshot> rotten = new ArrayList<>();
  private Optional<Failed<?>> failure = Optional.empty();
  private Optional<Failed<?>> unswept = Optional.empty();
  private long bytes;
  private int waiting;
  private boolean restrained;

  /**
   * Looks at what a remote holds before anything is pushed there; answers in words. Where it fails,
   * nothing is pushed.
   */
  @FunctionalInterface
  interface FirstLook {
    RemoteResult<List<String>> at(
        Remote remote, RemoteListing listing, StoredSnapshot newest, Progress progress)
        throws InterruptedException;
  }

  /** For one remote. */
  PushToRemote(
      Remote remote,
      RemoteSweep sweep,
      FirstLook firstLook,
      InstantSource clock,
      Progress progress) {
    this.firstLook = firstLook;
    this.remote = remote;
    this.sweep = sweep;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Pushes to the remote; every error is in the report.
   *
   * @param wanted must get there, where it is present; wanted alone, its content is compared there
   *     even if the listing shows nothing wrong
   * @param local this machine's own snapshots, newest first
   * @param stuck those of this machine that cannot be sent; the report names each that is not there
   * @param most how many others may be pushed
   */
  RemoteReport run(
      Optional<StoredSnapshot> wanted,
      List<StoredSnapshot> local,
      List<StoredSnapshot> stuck,
      int most)
      throws InterruptedException {
    Instant started = clock.instant();
    switch (remote.inspect()) {
      case Failed<RemoteListing> failed -> failure = Optional.of(failed);
      case Ok<RemoteListing>(RemoteListing listing) -> {
        there.putAll(RemoteSweep.finished(listing));
        lookFirst(listing, local);
        if (failure.isEmpty()) {
          bringUpToDate(listing, wanted, local, most);
        }
        tellRotten();
        tellStuck(stuck);
      }
    }
    return report(Duration.between(started, clock.instant()).toMillis());
  }

  private void lookFirst(RemoteListing listing, List<StoredSnapshot> local)
      throws InterruptedException {
    if (!local.isEmpty()) {
      switch (firstLook.at(remote, listing, local.getFirst(), progress)) {
        case Ok<List<String>>(List<String> words) -> warnings.addAll(words);
        case Failed<List<String>> failed -> failure = Optional.of(failed);
      }
    }
  }

  private void bringUpToDate(
      RemoteListing listing, Optional<StoredSnapshot> wanted, List<StoredSnapshot> local, int most)
      throws InterruptedException {
    push(wanted, local, most);
    tellDamaged(listing, local);
    if (failure.isEmpty()) {
      passOnHolds(local);
    }
    if (failure.isEmpty()) {
      sweep(listing);
    }
  }

  /** A copy that is nowhere but here, and broken here, must not pass for pushed. */
  private void tellStuck(List<StoredSnapshot> stuck) {
    for (StoredSnapshot snapshot : stuck) {
      SnapshotProblem problem = snapshot.fault();
      if (!there.containsKey(snapshot.id()) && problem != null) {
        waiting++;
        failure =
            failure.or(
                () ->
                    Optional.of(
                        RemoteResult.failed(
                            RemoteFault.FAILED,
                            snapshot.id() + " cannot be pushed: " + problem.text(),
                            problem.hint())));
      }
    }
  }

  /** Reports each damaged snapshot there, whether it could be mended or not. */
  private void tellDamaged(RemoteListing listing, List<StoredSnapshot> local) {
    Set<SnapshotId> here = local.stream().map(StoredSnapshot::id).collect(Collectors.toSet());
    for (RemoteSnapshot copy : listing.ours()) {
      if (copy.state() != SnapshotState.DAMAGED) {
        continue;
      }
      if (pushed.contains(copy.id().toString())) {
        warnings.add("%s was damaged or unfinished there, and was sent again".formatted(copy.id()));
      } else if (!here.contains(copy.id())) {
        warnings.add(
            "%s is damaged or unfinished there, and is not on this machine any more"
                .formatted(copy.id()));
      }
    }
  }

  private void push(Optional<StoredSnapshot> wanted, List<StoredSnapshot> local, int most)
      throws InterruptedException {
    List<StoredSnapshot> others =
        lacking(local).stream().filter(snapshot -> !wanted.equals(Optional.of(snapshot))).toList();
    if (wanted.isPresent() && (most == 0 || !there.containsKey(wanted.get().id()))) {
      pushOrWait(wanted.get());
    }
    int left = most;
    for (StoredSnapshot snapshot : others) {
      if (left == 0) {
        waiting++;
      } else if (pushOrWait(snapshot)) {
        left--;
      }
    }
  }

  /** False where the trouble is in the snapshot here: another one may get its turn then. */
  private boolean pushOrWait(StoredSnapshot snapshot) throws InterruptedException {
    if (failure.filter(Failed::retryable).isPresent()) {
      waiting++;
      return true;
    }
    return push(snapshot);
  }

  /** What is not there and would stay there if it were. */
  private List<StoredSnapshot> lacking(List<StoredSnapshot> local) {
    List<StoredSnapshot> lacking =
        local.stream().filter(snapshot -> !there.containsKey(snapshot.id())).toList();
    RetentionPlan plan =
        sweep
            .rules()
            .plan(
                Stream.concat(
                        there.values().stream().map(sweep::candidate),
                        lacking.stream().map(sweep::candidate))
                    .toList());
    Set<SnapshotId> doomed = Set.copyOf(plan.deletions());
    return lacking.stream().filter(snapshot -> !doomed.contains(snapshot.id())).toList();
  }

  private boolean push(StoredSnapshot snapshot) throws InterruptedException {
    switch (remote.push(snapshot, progress)) {
      case Ok<Pushed>(Pushed proven) -> {
        boolean isNew = there.put(snapshot.id(), proven.snapshot()) == null;
        if (isNew || proven.sentBytes() > 0) {
          pushed.add(snapshot.id().toString());
        }
        bytes += proven.sentBytes();
      }
      case Failed<Pushed> _ when !Files.isDirectory(snapshot.directory()) ->
          warnings.add(snapshot.id() + " was not pushed: a sweep deleted it here meanwhile");
      case Failed<Pushed> failed -> {
        waiting++;
        if (failed.fault() == RemoteFault.FAILED && isRotten(snapshot)) {
          rotten.add(snapshot);
          return false;
        }
        failure = failure.or(() -> Optional.of(failed));
      }
    }
    return true;
  }

  /** Whether the trouble is here: then the remote is in order, and is swept like any other time. */
  private static boolean isRotten(StoredSnapshot snapshot) {
    try {
      Checksums.verify(snapshot);
      return false;
    } catch (BackupException | IOException damaged) {
      return true;
    }
  }

  private void tellRotten() {
    if (rotten.isEmpty()) {
      return;
    }
    StoredSnapshot first = rotten.getFirst();
    String more = rotten.size() == 1 ? "" : ", and so are %d more".formatted(rotten.size() - 1);
    boolean elsewhere = there.containsKey(first.id());
    failure =
        failure.or(
            () ->
                Optional.of(
                    RemoteResult.failed(
                        RemoteFault.FAILED,
                        "%s is damaged on this machine, %s%s"
                            .formatted(
                                first.id(),
                                elsewhere
                                    ? "so the copy there could not be compared"
                                    : "and not there",
                                more),
                        elsewhere ? bringBack(first) : bringBackOrDelete(first))));
  }

  private String bringBack(StoredSnapshot damaged) {
    return "`wb-backup pull %s --from %s` fetches the copy there, checks it, and puts it here."
        .formatted(damaged.id(), remote.name());
  }

  private static String bringBackOrDelete(StoredSnapshot damaged) {
    return ("`wb-backup verify %s` shows the damage. Where another place has it, `wb-backup pull"
            + " %s` puts a whole one here; else delete %s: no restore can use it.")
        .formatted(damaged.id(), damaged.id(), damaged.directory());
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

  /**
   * Deletes only what was listed whole and is ours. What killed runs left waits for a run that
   * pushes: else a snapshot that is there already would cost more than the listing.
   */
  private void sweep(RemoteListing listing) throws InterruptedException {
    Optional<Obstacle> obstacle = RemoteSweep.obstacle(listing);
    if (obstacle.isPresent()) {
      warnings.add(Sentences.join(obstacle.get().words(), obstacle.get().hint()));
      return;
    }
    Set<SnapshotId> spared =
        there.keySet().stream()
            .filter(id -> pushed.contains(id.toString()))
            .collect(Collectors.toSet());
    boolean due = listing.leftBehind() && !pushed.isEmpty();
    RemoteSweep.Swept done = sweep.execute(sweep.plan(there.values()), there, spared);
    if (due) {
      done = done.withTidying(remote, sweep.isAllowed());
    }
    done.deleted().forEach(id -> swept.add(id.toString()));
    tidied.addAll(done.tidied());
    unswept = done.failure();
    restrained = done.restrained();
  }

  private RemoteReport report(long millis) {
    Optional<Failed<?>> trouble = failure.or(() -> unswept);
    String status = unswept.isEmpty() ? RemoteReport.DONE : RemoteReport.UNSWEPT;
    return new RemoteReport(
        remote.name(),
        failure.isEmpty() ? status : RemoteReport.FAILED,
        trouble.<RemoteFault>map(Failed::fault).orElse(null),
        trouble.map(Failed::detail).orElse("holds " + count()),
        trouble.map(Failed::hint).orElse(""),
        pushed,
        waiting,
        swept,
        tidied,
        warnings,
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
