package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.ProgramErrors;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.catalog.Remotes;
import dev.workbuddy.backup.remote.folder.PlaceMemory;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.Phase;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecords;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.IdentityFile;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * The use case of pushing snapshots to every configured remote, all at once, each on its own: the
 * failure of one never keeps another from its copy, and none costs the local snapshot. A slow push
 * holds up neither the next snapshot nor a push to another remote: each has a lock of its own.
 */
public final class PushSnapshots {
  private final Settings settings;
  private final Machine machine;
  private final LocalStore store;
  private final PushLocks locks;

  public PushSnapshots(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
    this.store = new LocalStore(settings.backupsDir());
    this.locks = new PushLocks(settings);
  }

  /**
   * Pushes what a run has taken, and catches up a little. A remote for which this machine is not
   * set up is skipped.
   *
   * @param closed the reports of remotes that nothing is pushed to
   */
  BackupResult after(
      OngoingRun run, BackupResult taken, List<RemoteReport> closed, Progress progress)
      throws IOException, InterruptedException {
    if (names().isEmpty() && closed.isEmpty()) {
      return taken;
    }
    run.enter(Phase.PUSH);
    List<RemoteReport> reports =
        Stream.concat(
                push(PushRequest.after(taken.snapshotId()), progress).stream()
                    .map(RemoteReport::byTheWay),
                closed.stream())
            .toList();
    run.pushed(reports);
    return taken.withRemotes(reports).alarmed(Alarms.open(settings.backupsDir()));
  }

  /**
   * Pushes.
   *
   * @throws BackupException {@code remote-unconfigured} where there is no remote, or not the one to
   *     be accepted; {@code lock-held} where another run is pushing
   */
  public PushResult run(PushRequest request, Progress progress)
      throws IOException, InterruptedException {
    if (names().isEmpty()) {
      throw new BackupException(
          ErrorCode.REMOTE_UNCONFIGURED,
          "no remote is configured",
          "Set backups.github, backups.rclone or backups.directory in config.yaml.");
    }
    if (request.accepted() != null && !names().contains(request.accepted())) {
      throw new BackupException(
          ErrorCode.REMOTE_UNCONFIGURED,
          "nothing is pushed to " + request.accepted(),
          "Name one of " + String.join(", ", names()) + ".");
    }
    DataRoot.prepare(settings);
    new Identities(settings, machine).ensureUnlocked();
    List<RemoteReport> reports = push(request, progress);
    if (reports.stream().allMatch(report -> report.status().equals(RemoteReport.BUSY))) {
      throw new BackupException(
          ErrorCode.LOCK_HELD,
          "cannot push snapshots: another run is pushing",
          "Try again when it is done; what it leaves, the next one catches up.");
    }
    return new PushResult(reports);
  }

  /** Whether somebody pushes now: what is not whole in a remote may then be on its way there. */
  public static boolean isGoingOn(Settings settings, String remote) throws IOException {
    return new PushLocks(settings).isHeld(remote);
  }

  private List<String> names() {
    return Remotes.configured(settings, RemoteContext.of(machine, settings, settings.backupsDir()))
        .stream()
        .map(Remote::name)
        .toList();
  }

  private List<RemoteReport> push(PushRequest request, Progress progress)
      throws IOException, InterruptedException {
    Shelf shelf = shelf(request);
    return sideBySide(names().stream().map(name -> push(name, shelf, request, progress)).toList());
  }

  /**
   * What is here to be pushed.
   *
   * @param wanted must get there, where it is present
   * @param sound this history's own that can be sent, the one that was taken last first
   * @param stuck those that cannot
   */
  private record Shelf(
      Optional<StoredSnapshot> wanted, List<StoredSnapshot> sound, List<StoredSnapshot> stuck) {}

  private Shelf shelf(PushRequest request) throws IOException {
    List<StoredSnapshot> all = store.list();
    List<StoredSnapshot> own =
        all.stream().filter(new IdentityFile(settings.backupsDir()).ownership()).toList();
    return new Shelf(
        wanted(request),
        own.stream().filter(PushSnapshots::canTravel).toList(),
        request.isOfAll() ? stuck(all, own) : List.of());
  }

  /** An error in our own handling of one remote is that remote's failure as well. */
  private Callable<RemoteReport> push(
      String name, Shelf shelf, PushRequest request, Progress progress) {
    return () -> {
      try (RunLock lock = locks.tryAcquire(name, "push snapshots").orElse(null)) {
        return lock == null ? RemoteReport.busy(name) : pushLocked(name, shelf, request, progress);
      } catch (IOException e) {
        return RemoteReport.failed(
            name, "cannot push: " + IoMessages.of(e), "Check the disk and its permissions.");
      } catch (RuntimeException | Error e) {
        BackupException failure = ProgramErrors.of(e);
        return RemoteReport.failed(name, failure.text(), failure.hint());
      }
    };
  }

  private RemoteReport pushLocked(String name, Shelf shelf, PushRequest request, Progress progress)
      throws IOException, InterruptedException {
    Path scratch = locks.scratch(name);
    DurableFiles.deleteTree(scratch);
    DurableFiles.createPrivateDirectory(scratch);
    try {
      RemoteContext context = RemoteContext.of(machine, settings, scratch);
      List<StoredSnapshot> all = store.list();
      PlaceMemory memory =
          PlaceMemory.in(settings.backupsDir())
              .accepting(request.accepted())
              .pushedBefore(pushedBefore());
      Remote remote =
          Remotes.configured(settings, context, memory).stream()
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow();
      return new PushToRemote(
              remote,
              new RemoteSweep(
                  remote,
                  new RetentionRules(settings.retention(), machine.clock()),
                  this::maySweep,
                  all),
              firstLook(context, all),
              machine.clock(),
              progress)
          .run(shelf.wanted(), shelf.sound(), shelf.stuck(), request.missing());
    } finally {
      DurableFiles.deleteTree(scratch);
    }
  }

  private Set<String> pushedBefore() {
    return new RunRecords(settings.backupsDir(), machine)
        .last()
        .record()
        .map(run -> run.remotesLastGood().keySet())
        .orElse(Set.of());
  }

  private PushToRemote.FirstLook firstLook(RemoteContext context, List<StoredSnapshot> all) {
    Predecessor predecessor = new Predecessor(settings, context, all);
    SecondWriter second = new SecondWriter(settings);
    return (remote, listing, newest, progress) -> {
      try {
        second.look(listing, remote.name(), machine.clock().instant());
      } catch (IOException | BackupException e) {
        return RemoteResult.failed(
            RemoteFault.FAILED,
            "whether another data root uses this history cannot be found out: "
                + RunError.of(e).message(),
            "The next run tries again; nothing is pushed there before that.");
      }
      return predecessor.compare(remote, listing, newest, progress);
    };
  }

  private boolean maySweep() {
    return Alarms.open(settings.backupsDir()).isEmpty();
  }

  private Optional<StoredSnapshot> wanted(PushRequest request) throws IOException {
    String text = request.snapshot();
    if (text == null) {
      return Optional.empty();
    }
    StoredSnapshot snapshot = new SnapshotFinder(store).find(text);
    if (!canTravel(snapshot)) {
      throw new BackupException(
          ErrorCode.SNAPSHOT_NOT_FOUND,
          snapshot.id() + " cannot be pushed: it is damaged, or has no checksums",
          "`wb-backup list` shows which snapshots are complete.");
    }
    return Optional.of(snapshot);
  }

  private static boolean canTravel(StoredSnapshot snapshot) {
    boolean readable =
        snapshot.state() == SnapshotState.COMPLETE || snapshot.state() == SnapshotState.INCOMPLETE;
    return readable && !snapshot.isOriginal();
  }

  /**
   * Returns the snapshots that a remote should hold, as far as is known, but that cannot be sent.
   * What another data root took, fetched here for a restore, is not sent back under this one's
   * name.
   */
  private static List<StoredSnapshot> stuck(List<StoredSnapshot> all, List<StoredSnapshot> own) {
    return all.stream()
        .filter(snapshot -> snapshot.fault() != null && !snapshot.isOriginal())
        .filter(snapshot -> snapshot.manifest() == null || own.contains(snapshot))
        .toList();
  }

  private static List<RemoteReport> sideBySide(List<Callable<RemoteReport>> pushes)
      throws InterruptedException {
    try (ExecutorService pool = Executors.newCachedThreadPool()) {
      List<RemoteReport> reports = new ArrayList<>();
      for (Future<RemoteReport> future : pool.invokeAll(pushes)) {
        reports.add(future.get());
      }
      return reports;
    } catch (ExecutionException e) {
      throw Boundary.unchecked(e.getCause());
    }
  }
}
