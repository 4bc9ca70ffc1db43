package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.backup.PartialSnapshot.Made;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.guard.Guard;
import dev.workbuddy.backup.guard.SharedHistory;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.retention.Sweep;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.Phase;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.Home;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotIds;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The use case of taking a snapshot of every vital database into the local history. */
public final class TakeSnapshot {
  private final Settings settings;
  private final PartialSnapshot content;
  private final InstantSource clock;
  private final SnapshotIds ids;
  private final LocalStore store;
  private final RunRecorder recorder;
  private final Machine machine;
  private final Identities identities;
  private final RecoverDamaged recover;

  public TakeSnapshot(Settings settings, Manifest.Tool tool, Machine machine) {
    this.settings = settings;
    this.clock = machine.clock();
    this.ids = new SnapshotIds(clock, machine.waiting());
    this.store = new LocalStore(settings.backupsDir());
    this.recover = new RecoverDamaged(settings, machine);
    this.content =
        new PartialSnapshot(
            settings,
            new ManifestWriter(tool, machine.host(), settings),
            new Guard(settings.guard(), store),
            machine.waiting(),
            recover);
    this.recorder = new RunRecorder(settings, machine);
    this.machine = machine;
    this.identities = new Identities(settings, machine);
  }

  /**
   * Takes one snapshot and records the outcome in {@code last_run.json}, unless another run holds
   * the lock: that run records itself.
   */
  public BackupResult run(BackupRequest request, Progress progress)
      throws IOException, InterruptedException {
    return recorder.record(request, attempt -> locked(attempt, request, progress));
  }

  /** Says which remotes are pushed to; asked once the snapshot is there. */
  @FunctionalInterface
  public interface Gate {
    Open open();
  }

  /**
   * What a gate leaves open.
   *
   * @param settings the same settings without the remotes that are closed
   * @param closed a report for each of those
   */
  public record Open(Settings settings, List<RemoteReport> closed) {
    public Open {
      closed = List.copyOf(closed);
    }
  }

  /**
   * Like {@link #run}, but also pushes the snapshot to every remote that the gate leaves open. The
   * gate is asked once the snapshot is there, and no other run waits for the push.
   */
  public BackupResult runAndPush(BackupRequest request, Gate gate, Progress progress)
      throws IOException, InterruptedException {
    return recorder.record(
        request,
        attempt -> {
          BackupResult taken = locked(attempt, request, progress);
          progress.released();
          Open open = gate.open();
          return new PushSnapshots(open.settings(), machine)
              .after(attempt.run(), taken, open.closed(), progress);
        });
  }

  /**
   * Like {@link #run}, but for a caller that already holds the run lock because the snapshot is
   * part of its work.
   */
  public BackupResult runUnderLock(BackupRequest request, Progress progress)
      throws IOException, InterruptedException {
    return runUnderLock(request, CopyReader.NOBODY, progress);
  }

  /**
   * Like {@link #runUnderLock(BackupRequest, Progress)}, but lets a reader look into the copies
   * meanwhile.
   *
   * @param reader called for each database that could be copied
   */
  public BackupResult runUnderLock(BackupRequest request, CopyReader reader, Progress progress)
      throws IOException, InterruptedException {
    return recorder.record(request, attempt -> begun(attempt, request, reader, progress));
  }

  private BackupResult locked(SnapshotRun attempt, BackupRequest request, Progress progress)
      throws IOException, InterruptedException {
    DataRoot.prepare(settings);
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "take a snapshot")) {
      return begun(attempt, request, CopyReader.NOBODY, progress);
    }
  }

  private BackupResult begun(
      SnapshotRun attempt, BackupRequest request, CopyReader reader, Progress progress)
      throws IOException, InterruptedException {
    attempt.begin();
    return attempt.betweenHooks(() -> take(attempt.run(), request, reader, progress));
  }

  private BackupResult take(
      OngoingRun run, BackupRequest request, CopyReader reader, Progress progress)
      throws IOException, InterruptedException {
    Instant started = clock.instant();
    List<StoredSnapshot> here = store.list();
    requireOwn(here);
    List<String> warnings = new ArrayList<>(sweepLeftovers());
    SnapshotId id = ids.next(store, request.bucket());
    OwnHistory history = history(here, id, warnings);
    Path partial = store.createPartial(id);
    try {
      run.enter(Phase.FREEZE);
      Made made = content.make(run, partial, id, request, reader, history, progress);
      progress.checkpoint();
      run.enter(Phase.PUBLISH);
      Path published = store.publish(partial, id);
      warnings.addAll(made.notes());
      warnings.addAll(SnapshotWarnings.newObjections(made.pack(), history));
      warnings.addAll(SnapshotWarnings.unreadableCode(settings.configDir()));
      List<SnapshotId> ahead = history.datedAhead(started);
      warnings.addAll(SnapshotWarnings.datedAhead(ahead));
      warnings.addAll(recover.run(made.pack().missing(), history, progress));
      run.enter(Phase.SWEEP);
      List<SnapshotId> swept = sweep(id, made.judgement().open(), warnings);
      List<String> obstacles = SnapshotWarnings.obstacles(settings);
      return result(id, published, made, started, swept, !ahead.isEmpty(), warnings, obstacles);
    } catch (IOException | RuntimeException | Error e) {
      DurableFiles.deleteTree(partial);
      throw e;
    }
  }

  /** What a killed run left is in nobody's way; a snapshot must not wait for its removal. */
  private List<String> sweepLeftovers() {
    try {
      store.sweepLeftovers();
      return List.of();
    } catch (IOException e) {
      return List.of("what an earlier run left could not be removed: " + e.getMessage());
    }
  }

  /** Two applications that share a history would sweep each other's snapshots. */
  private void requireOwn(List<StoredSnapshot> history) {
    for (StoredSnapshot snapshot : history) {
      if (snapshot.isOfAnother(settings.dbDirName())) {
        throw new BackupException(
            ErrorCode.SNAPSHOT_OF_ANOTHER,
            "%s holds snapshots of the live directory %s, not of %s"
                .formatted(
                    store.directory(),
                    snapshot.readManifest().map(Manifest::dbDir).orElse("?"),
                    settings.dbDirName()),
            "Give each application a data root of its own; if the directory was only renamed, move"
                + " the old snapshots away.");
      }
    }
  }

  /** Once a history has an identity, its own snapshots come before all others. */
  private OwnHistory history(List<StoredSnapshot> here, SnapshotId next, List<String> warnings)
      throws IOException {
    Optional<Identity> known = identities.known();
    if (known.isEmpty()) {
      return new OwnHistory(identities.ensure(warnings), store.list());
    }
    Optional<Home> original = identities.copiedFrom(known.get());
    if (original.isPresent()) {
      new SharedHistory(store)
          .raise(
              "this data root looks like a copy of %s, with which it shares a history"
                  .formatted(original.get().words()),
              next,
              clock.instant());
    }
    return new OwnHistory(known.get(), here);
  }

  /** The snapshot is safe by now; trouble while sweeping older ones must not call it failed. */
  private List<SnapshotId> sweep(SnapshotId taken, List<Alarm> open, List<String> warnings) {
    try {
      Sweep sweep = new Sweep(store, new RetentionRules(settings.retention(), clock));
      Sweep.Swept swept = sweep.execute(Alarms.restrain(sweep.plan(), open), Set.of(taken));
      warnings.addAll(swept.problems());
      return swept.deleted();
    } catch (IOException e) {
      warnings.add("old snapshots could not be swept: " + e.getMessage());
      return List.of();
    }
  }

  private BackupResult result(
      SnapshotId id,
      Path published,
      Made made,
      Instant started,
      List<SnapshotId> swept,
      boolean clockInDoubt,
      List<String> warnings,
      List<String> obstacles) {
    return new BackupResult(
        status(made, clockInDoubt),
        id.toString(),
        published.toString(),
        made.tarball().getFileName().toString(),
        made.digest().bytes(),
        made.pack().databases().stream().map(PackedDatabase::resultEntry).toList(),
        made.pack().missing(),
        made.pack().skewMillis(),
        Duration.between(started, clock.instant()).toMillis(),
        swept.stream().map(SnapshotId::toString).toList(),
        List.of(),
        made.judgement().open(),
        Stream.concat(warnings.stream(), obstacles.stream()).toList(),
        List.of(),
        obstacles);
  }

  /**
   * While an alarm is open a run has not done all: it swept nothing. With dates in the future it
   * did not sweep all that it should.
   */
  private static Status status(Made made, boolean clockInDoubt) {
    boolean all =
        made.pack().missing().isEmpty() && made.judgement().open().isEmpty() && !clockInDoubt;
    return all ? Status.DONE : Status.INCOMPLETE;
  }
}
