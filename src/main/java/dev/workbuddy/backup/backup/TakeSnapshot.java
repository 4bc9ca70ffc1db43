package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.guard.Guard;
import dev.workbuddy.backup.guard.Judgement;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.remote.RemoteMachine;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.retention.Sweep;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.Phase;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotIds;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveDigest;
import dev.workbuddy.backup.snapshot.archive.ArchiveWriter;
import dev.workbuddy.backup.snapshot.archive.Effort;
import dev.workbuddy.backup.sqlite.DatabaseProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** The use case of taking a snapshot of every vital database into the local history. */
public final class TakeSnapshot {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
  private static final long SPARE_BYTES = 16L << 20;

  private final Settings settings;
  private final ManifestWriter manifests;
  private final InstantSource clock;
  private final SnapshotIds ids;
  private final LocalStore store;
  private final Guard guard;
  private final RunRecorder recorder;
  private final PushSnapshots remotes;

  public TakeSnapshot(Settings settings, Manifest.Tool tool, RemoteMachine machine) {
    this.settings = settings;
    this.manifests = new ManifestWriter(tool, machine.host(), settings);
    this.clock = machine.clock();
    this.ids = new SnapshotIds(clock, machine.waiting());
    this.store = new LocalStore(settings.backupsDir());
    this.guard = new Guard(settings.guard(), machine.host(), store);
    this.recorder = new RunRecorder(settings, machine);
    this.remotes = new PushSnapshots(settings, machine);
  }

  /**
   * Takes one snapshot. Whatever comes of it is recorded in {@code last_run.json}, unless another
   * run holds the lock: that one records itself.
   */
  public BackupResult run(BackupRequest request, Progress progress)
      throws IOException, InterruptedException {
    return recorder.record(request, attempt -> locked(attempt, request, progress));
  }

  /** The same, and brings it to every configured remote; no other run waits for that. */
  public BackupResult runAndPush(BackupRequest request, Progress progress)
      throws IOException, InterruptedException {
    return recorder.record(
        request,
        attempt -> remotes.after(attempt.run(), locked(attempt, request, progress), progress));
  }

  /** The same for a caller that holds the run lock, since the snapshot is part of its work. */
  public BackupResult runUnderLock(BackupRequest request, Progress progress)
      throws IOException, InterruptedException {
    return runUnderLock(request, CopyReader.NOBODY, progress);
  }

  /**
   * The same, with somebody who looks into the copies meanwhile.
   *
   * @param reader called for each database that could be copied
   */
  public BackupResult runUnderLock(BackupRequest request, CopyReader reader, Progress progress)
      throws IOException, InterruptedException {
    return recorder.record(request, attempt -> begun(attempt, request, reader, progress));
  }

  private BackupResult locked(Attempt attempt, BackupRequest request, Progress progress)
      throws IOException, InterruptedException {
    DataRoot.prepare(settings);
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "take a snapshot")) {
      return begun(attempt, request, CopyReader.NOBODY, progress);
    }
  }

  private BackupResult begun(
      Attempt attempt, BackupRequest request, CopyReader reader, Progress progress)
      throws IOException, InterruptedException {
    attempt.begin();
    return attempt.betweenHooks(() -> take(attempt.run(), request, reader, progress));
  }

  private BackupResult take(
      OngoingRun run, BackupRequest request, CopyReader reader, Progress progress)
      throws IOException, InterruptedException {
    Instant started = clock.instant();
    List<StoredSnapshot> history = ownHistory();
    List<String> warnings = new ArrayList<>(sweepLeftovers());
    SnapshotId id = ids.next(store, request.manual());
    Path partial = store.createPartial(id);
    try {
      run.enter(Phase.FREEZE);
      Taken taken = take(run, id, request, reader, history, partial, warnings, progress);
      progress.checkpoint();
      run.enter(Phase.PUBLISH);
      Path published = store.publish(partial, id);
      warnings.addAll(SnapshotWarnings.uncheckedTables(taken.pack()));
      warnings.addAll(SnapshotWarnings.unreadableCode(settings.configDir()));
      warnings.addAll(SnapshotWarnings.datedAfter(id, history));
      run.enter(Phase.SWEEP);
      List<SnapshotId> swept = sweep(id, taken.judgement().open(), warnings);
      return result(id, published, taken, started, swept, warnings);
    } catch (IOException | RuntimeException e) {
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
  private List<StoredSnapshot> ownHistory() throws IOException {
    List<StoredSnapshot> history = store.list();
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
    return history;
  }

  private record Taken(Pack pack, Path tarball, ArchiveDigest digest, Judgement judgement) {}

  private Taken take(
      OngoingRun run,
      SnapshotId id,
      BackupRequest request,
      CopyReader reader,
      List<StoredSnapshot> history,
      Path partial,
      List<String> warnings,
      Progress progress)
      throws IOException, InterruptedException {
    Path tarball = partial.resolve(id + settings.compression().suffix());
    Path copies = Files.createDirectory(partial.resolve("copies"));
    int threads = Runtime.getRuntime().availableProcessors();
    try (FrozenDatabases databases =
            FrozenDatabases.open(settings.databases(), settings.dbDir(), BUSY_TIMEOUT);
        ArchiveWriter archive =
            ArchiveWriter.create(
                tarball,
                settings.compression(),
                request.haste() ? Effort.HASTE : Effort.USUAL,
                threads,
                packed(databases.bytes(), progress))) {
      run.enter(Phase.COPY);
      Space.require(partial, databases.bytes() * 3 / 2 + SPARE_BYTES, "take a snapshot");
      Pack pack = new Packer(copies, id.time(), reader, progress).pack(databases, archive);
      Manifest seen = manifests.describe(id, request, pack);
      Judgement judgement = guard.judge(history, id, seen);
      record(judgement, warnings);
      requireSomething(pack);
      byte[] manifest = ManifestJson.write(seen.withAlarms(judgement.open()));
      archive.addBytes(Manifest.FILE_NAME, manifest, FileModes.PRIVATE, id.time());
      ArchiveDigest digest = archive.finish();
      DurableFiles.deleteTree(copies);
      writeBeside(partial, tarball, manifest, digest);
      return new Taken(pack, tarball, digest, judgement);
    }
  }

  /** Trouble with the record costs neither the snapshot nor the alarms: its manifest has them. */
  private void record(Judgement judgement, List<String> warnings) {
    try {
      guard.record(judgement);
    } catch (IOException e) {
      warnings.add("alarms could not be recorded: " + e.getMessage());
    }
    warnings.addAll(judgement.notes());
  }

  private static LongConsumer packed(long total, Progress progress) {
    AtomicLong done = new AtomicLong();
    return bytes -> {
      progress.checkpoint();
      progress.advance(done.addAndGet(bytes), total);
    };
  }

  private static void requireSomething(Pack pack) {
    if (pack.databases().isEmpty()) {
      String reasons =
          pack.missing().stream()
              .map(missing -> missing.database() + " (" + missing.detail() + ")")
              .collect(Collectors.joining(", "));
      boolean onlyLocked =
          pack.missing().stream()
              .allMatch(missing -> missing.reason().equals(DatabaseProblem.Kind.LOCKED.word()));
      if (onlyLocked) {
        throw new BackupException(
            ErrorCode.DATABASE_IN_USE,
            "no vital database could be saved: " + reasons,
            "Let the application end what it is writing, or stop it, then try again.");
      }
      throw new BackupException(
          ErrorCode.NO_DATABASE_SAVED,
          "no vital database could be saved: " + reasons,
          "Check paths.data_root, paths.db_dir and backups.databases:"
              + " `wb-backup config show` prints them.");
    }
  }

  private static void writeBeside(Path partial, Path tarball, byte[] manifest, ArchiveDigest digest)
      throws IOException {
    DurableFiles.write(partial.resolve(Manifest.FILE_NAME), manifest);
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(tarball.getFileName().toString(), digest.sha256());
    sums.put(Manifest.FILE_NAME, Checksums.sha256(manifest));
    DurableFiles.write(partial.resolve(Checksums.FILE_NAME), Checksums.document(sums));
  }

  /** The snapshot is safe by now; trouble while sweeping older ones must not call it failed. */
  private List<SnapshotId> sweep(SnapshotId taken, List<Alarm> open, List<String> warnings) {
    try {
      Sweep sweep = new Sweep(store, new RetentionRules(settings.retention()));
      return sweep.execute(Alarms.restrain(sweep.plan(), open), Set.of(taken));
    } catch (IOException e) {
      warnings.add("old snapshots could not be swept: " + e.getMessage());
      return List.of();
    }
  }

  private BackupResult result(
      SnapshotId id,
      Path published,
      Taken taken,
      Instant started,
      List<SnapshotId> swept,
      List<String> warnings) {
    return new BackupResult(
        status(taken),
        id.toString(),
        published.toString(),
        taken.tarball().getFileName().toString(),
        taken.digest().bytes(),
        taken.pack().databases().stream().map(SavedDatabase::resultEntry).toList(),
        taken.pack().missing(),
        taken.pack().skewMillis(),
        Duration.between(started, clock.instant()).toMillis(),
        swept.stream().map(SnapshotId::toString).toList(),
        List.of(),
        taken.judgement().open(),
        warnings,
        List.of());
  }

  /** While an alarm is open a run has not done all: it swept nothing. */
  private static Status status(Taken taken) {
    boolean all = taken.pack().missing().isEmpty() && taken.judgement().open().isEmpty();
    return all ? Status.DONE : Status.INCOMPLETE;
  }
}
