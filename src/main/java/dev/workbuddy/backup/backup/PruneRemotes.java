package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.backup.RemoteSweep.Obstacle;
import dev.workbuddy.backup.backup.RemoteSweep.Swept;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The use case of sweeping the configured remotes by the retention rules, as a push does, without
 * pushing. One remote's trouble keeps no other from being swept, and deletes nothing there.
 */
public final class PruneRemotes {
  private final Settings settings;
  private final Machine machine;
  private final RetentionRules rules;

  public PruneRemotes(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
    this.rules = new RetentionRules(settings.retention(), machine.clock());
  }

  /** Narrows what a sweep of a remote deletes. */
  @FunctionalInterface
  public interface Restraint {
    /** The plan, or one that keeps more. */
    RetentionPlan on(String remote, RetentionPlan plan);
  }

  /** What a sweep would do now. */
  public List<PrunedRemote> plan() throws IOException, InterruptedException {
    return each(remote -> prune(remote, false, (_, plan) -> plan));
  }

  /** Sweeps, unless another run is pushing. */
  public List<PrunedRemote> run(Restraint restraint) throws IOException, InterruptedException {
    if (remotes(settings.backupsDir()).isEmpty()) {
      return List.of();
    }
    new Identities(settings, machine).ensureUnlocked();
    return each(remote -> locked(remote, restraint));
  }

  @FunctionalInterface
  private interface Pruning {
    PrunedRemote of(Remote remote) throws IOException, InterruptedException;
  }

  private static PrunedRemote busy(String remote) {
    return PrunedRemote.failed(
        remote, "another run is pushing; it sweeps as well", "Try again when it is done.");
  }

  private List<Remote> remotes(Path scratch) {
    return Remotes.configured(settings, RemoteContext.of(machine, settings, scratch));
  }

  private List<PrunedRemote> each(Pruning pruning) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("wb-backup-");
    try {
      List<PrunedRemote> pruned = new ArrayList<>();
      for (Remote remote : remotes(scratch)) {
        pruned.add(pruning.of(remote));
      }
      return List.copyOf(pruned);
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }

  private PrunedRemote locked(Remote remote, Restraint restraint)
      throws IOException, InterruptedException {
    Optional<RunLock> found =
        new PushLocks(settings).tryAcquire(remote.name(), "prune the remotes");
    try (RunLock lock = found.orElse(null)) { // Try-with-resources passes over null.
      return lock == null ? busy(remote.name()) : prune(remote, true, restraint);
    }
  }

  private PrunedRemote prune(Remote remote, boolean executed, Restraint restraint)
      throws IOException, InterruptedException {
    return switch (remote.list()) {
      case Failed<RemoteListing> failed ->
          PrunedRemote.failed(remote.name(), failed.detail(), failed.hint());
      case Ok<RemoteListing>(RemoteListing listing) -> prune(remote, listing, executed, restraint);
    };
  }

  private PrunedRemote prune(
      Remote remote, RemoteListing listing, boolean executed, Restraint restraint)
      throws IOException, InterruptedException {
    Optional<Obstacle> obstacle = RemoteSweep.obstacle(listing);
    if (obstacle.isPresent()) {
      return PrunedRemote.failed(remote.name(), obstacle.get().words(), obstacle.get().hint());
    }
    List<StoredSnapshot> local = new LocalStore(settings.backupsDir()).list();
    RemoteSweep sweep = new RemoteSweep(remote, rules, () -> open().isEmpty(), local);
    Map<SnapshotId, RemoteSnapshot> finished = RemoteSweep.finished(listing);
    RetentionPlan due = Alarms.restrain(sweep.plan(finished.values()), open());
    RetentionPlan plan = restraint.on(remote.name(), due);
    if (!executed) {
      return new PrunedRemote(remote.name(), plan, List.of(), List.of(), null, "");
    }
    Swept swept = sweep.execute(plan, finished, Set.of()).withTidying(remote, sweep.isAllowed());
    return new PrunedRemote(
        remote.name(),
        plan,
        swept.deleted(),
        swept.tidied(),
        swept.failure().<String>map(Failed::detail).orElse(null),
        swept.failure().map(Failed::hint).orElse(""));
  }

  private List<Alarm> open() {
    return Alarms.open(settings.backupsDir());
  }
}
