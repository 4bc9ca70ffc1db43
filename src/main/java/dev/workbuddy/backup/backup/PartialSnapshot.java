package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Guard;
import dev.workbuddy.backup.guard.GuardResult;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.Phase;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.archive.ArchiveDigest;
import dev.workbuddy.backup.snapshot.archive.ArchiveWriter;
import dev.workbuddy.backup.snapshot.archive.CompressionLevel;
import dev.workbuddy.backup.sqlite.DatabaseProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Makes a snapshot in a directory that nobody looks into yet: the databases, frozen at one instant,
 * in a tarball with their manifest, which lies beside it as well, with checksums of both.
 */
record PartialSnapshot(
    Settings settings,
    ManifestWriter manifests,
    Guard guard,
    Sleeper waiting,
    RecoverDamaged recover) {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(10);
  private static final long SPARE_BYTES = 16L << 20;

  /**
   * What was made.
   *
   * @param notes what the user should know of it
   */
  record Made(
      PackResult pack,
      Path tarball,
      ArchiveDigest digest,
      GuardResult judgement,
      List<String> notes) {}

  /**
   * Makes it.
   *
   * @param history what comes before it, which the guard compares it with
   */
  Made make(
      OngoingRun run,
      Path partial,
      SnapshotId id,
      BackupRequest request,
      CopyReader reader,
      OwnHistory history,
      Progress progress)
      throws IOException, InterruptedException {
    Path tarball = partial.resolve(id + settings.compression().suffix());
    Path copies = partial.resolve("copies");
    DurableFiles.createPrivateDirectory(copies);
    SecondLooks looks = SecondLooks.after(history.snapshots(), waiting);
    try (FrozenDatabases databases =
            FrozenDatabases.open(settings.databases(), settings.dbDir(), BUSY_TIMEOUT, looks);
        ArchiveWriter archive = archive(tarball, request, databases.bytes(), progress)) {
      run.enter(Phase.COPY);
      Space.require(partial, databases.bytes() * 3 / 2 + SPARE_BYTES, "take a snapshot");
      PackResult pack = packer(copies, id, reader, looks, progress).pack(databases, archive);
      Manifest seen = manifests.describe(id, history, request, pack);
      run.enter(Phase.GUARD);
      GuardResult judgement = guard.judge(history.snapshots(), history.identity(), id, seen);
      List<String> notes = record(judgement);
      run.enter(Phase.FINISH);
      requireSomething(pack, history, progress);
      byte[] manifest = ManifestJson.write(seen.withAlarms(judgement.open()));
      archive.addBytes(Manifest.FILE_NAME, manifest, FileModes.PRIVATE, id.time());
      ArchiveDigest digest = archive.finish();
      DurableFiles.deleteTree(copies);
      writeBeside(partial, tarball, manifest, digest);
      return new Made(pack, tarball, digest, judgement, notes);
    }
  }

  private static Packer packer(
      Path copies, SnapshotId id, CopyReader reader, SecondLooks looks, Progress progress) {
    return new Packer(copies, id.time(), reader, looks, BUSY_TIMEOUT, progress);
  }

  private ArchiveWriter archive(Path tarball, BackupRequest request, long total, Progress progress)
      throws IOException {
    return ArchiveWriter.create(
        tarball,
        settings.compression(),
        request.haste() ? CompressionLevel.HASTE : CompressionLevel.USUAL,
        Runtime.getRuntime().availableProcessors(),
        packed(total, progress));
  }

  private static LongConsumer packed(long total, Progress progress) {
    AtomicLong done = new AtomicLong();
    return bytes -> {
      progress.checkpoint();
      progress.advance(done.addAndGet(bytes), total);
    };
  }

  /** Trouble with the record costs neither the snapshot nor the alarms: its manifest has them. */
  private List<String> record(GuardResult judgement) {
    List<String> notes = new ArrayList<>();
    try {
      guard.record(judgement);
    } catch (IOException e) {
      notes.add("alarms could not be recorded: " + e.getMessage());
    }
    notes.addAll(judgement.notes());
    return List.copyOf(notes);
  }

  private void requireSomething(PackResult pack, OwnHistory history, Progress progress)
      throws InterruptedException {
    if (!pack.databases().isEmpty()) {
      return;
    }
    List<String> left = recover.run(pack.missing(), history, progress);
    String message =
        pack.missing().stream()
            .map(missing -> missing.database() + " (" + missing.detail() + ")")
            .collect(Collectors.joining(", ", "no vital database could be saved: ", ""));
    if (isAll(pack, DatabaseProblem.Kind.LOCKED)) {
      throw new BackupException(
          ErrorCode.DATABASE_IN_USE,
          message,
          "Let the application end what it is writing, or stop it, then try again.");
    }
    throw new BackupException(ErrorCode.NO_DATABASE_SAVED, message, hint(pack, left, history));
  }

  private static boolean isAll(PackResult pack, DatabaseProblem.Kind kind) {
    return pack.missing().stream().allMatch(missing -> missing.reason().equals(kind.word()));
  }

  /** Where every file is there and damaged, the paths are right. */
  private static String hint(PackResult pack, List<String> left, OwnHistory history) {
    List<String> sentences = new ArrayList<>(left.stream().map(text -> text + ".").toList());
    boolean known = history.snapshots().stream().anyMatch(snapshot -> snapshot.fault() == null);
    if (known) {
      sentences.add(
          "`wb-backup alarms` shows what was lost, `wb-backup restore latest` brings back the last"
              + " good snapshot.");
    }
    if (!isAll(pack, DatabaseProblem.Kind.CORRUPT)) {
      sentences.add(
          (known ? "If the files are only somewhere else, check" : "Check")
              + " paths.data_root, paths.db_dir and backups.databases: `wb-backup config show`"
              + " prints them.");
    }
    return String.join(" ", sentences);
  }

  private static void writeBeside(Path partial, Path tarball, byte[] manifest, ArchiveDigest digest)
      throws IOException {
    DurableFiles.write(partial.resolve(Manifest.FILE_NAME), manifest);
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put(tarball.getFileName().toString(), digest.sha256());
    sums.put(Manifest.FILE_NAME, Checksums.sha256(manifest));
    DurableFiles.write(partial.resolve(Checksums.FILE_NAME), Checksums.document(sums));
  }
}
