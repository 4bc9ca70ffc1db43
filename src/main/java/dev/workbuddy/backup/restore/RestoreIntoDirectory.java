package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.SuppressedWarning;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Unpacks a snapshot into a directory of its own, to look into it. Nothing live is touched. */
final class RestoreIntoDirectory {
  private final Settings settings;
  private final Machine machine;
  private final RestorePlanner planner;
  private final ArchiveReader archives;
  private final MigrationRunner runner;

  RestoreIntoDirectory(
      Settings settings,
      Machine machine,
      RestorePlanner planner,
      ArchiveReader archives,
      MigrationRunner runner) {
    this.settings = settings;
    this.machine = machine;
    this.planner = planner;
    this.archives = archives;
    this.runner = runner;
  }

  /** The lock only keeps the snapshot from being swept, and a read-only history has no sweeps. */
  RestoreResult run(
      StoredSnapshot snapshot,
      RestoreRequest request,
      Path target,
      Instant started,
      Progress progress)
      throws IOException {
    try (Closeable _ = RunLock.acquireToRead(settings.lockFile(), "restore")) {
      require(target);
      PreparedRestore prepared = planner.prepare(request, snapshot);
      return unpack(prepared, request, target, started, progress);
    }
  }

  private RestoreResult unpack(
      PreparedRestore prepared,
      RestoreRequest request,
      Path target,
      Instant started,
      Progress progress)
      throws IOException {
    DurableFiles.createDirectories(DurableFiles.parent(target));
    Path staging = new LiveDirectory(target).staging(started);
    Path backups = settings.backupsDir();
    ElsewhereNote note = ElsewhereNote.of(staging, target, machine.random());
    note.begin(backups);
    Staging.Filled filled = new Staging.Filled(Map.of(), prepared.plan().warnings());
    try {
      filled =
          new Staging(staging, archives, runner, progress)
              .fill(prepared, request.force(), note::markIn);
      DurableFiles.syncDirectories(staging);
      Files.deleteIfExists(target);
      progress.step("giving it its name");
      DurableFiles.rename(staging, target);
      ElsewhereNote.end(target, backups);
    } catch (IOException | RuntimeException e) {
      if (!hasItsName(staging, target)) {
        giveUp(staging, e);
        Space.refuseIfFull(e, DurableFiles.parent(target), "restore");
        throw e;
      }
      filled = filled.with(SwapRecovery.withReason(e, List.of()));
    }
    return RestoreResult.of(
        prepared.plan(), false, null, List.of(), filled, started, machine.clock().instant());
  }

  private void giveUp(Path staging, Exception failure) throws IOException {
    Optional<String> rest = DurableFiles.tryDeleteTree(staging);
    rest.map(SuppressedWarning::new).ifPresent(failure::addSuppressed);
    if (rest.isEmpty()) {
      ElsewhereNote.forget(settings.backupsDir());
    }
  }

  /**
   * Returns whether the directory has its new name: a disk may refuse to make it durable, but it is
   * there.
   */
  private static boolean hasItsName(Path staging, Path target) {
    return !Files.exists(staging) && Files.isDirectory(target);
  }

  /**
   * Refuses a directory that cannot be the target.
   *
   * @throws BackupException {@code target-exists}, or {@code usage} for a place inside ours
   */
  void require(Path target) throws IOException {
    if (isOccupied(target)) {
      throw new BackupException(
          ErrorCode.TARGET_EXISTS,
          "cannot restore to " + target + ": it exists and is not an empty directory",
          "Name a directory that does not exist yet.");
    }
    requireElsewhere(target);
  }

  private static boolean isOccupied(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return Files.exists(target);
    }
    try (Stream<Path> entries = Files.list(target)) {
      return entries.findAny().isPresent();
    }
  }

  /** What lies in the live directory would be swapped with it; what lies in the history, swept. */
  private void requireElsewhere(Path target) throws IOException {
    Path real = FileTrees.real(target);
    for (Path ours : List.of(LiveDirectory.of(settings).path(), settings.backupsDir())) {
      if (real.startsWith(FileTrees.real(ours))) {
        throw new BackupException(
            ErrorCode.USAGE,
            "cannot restore to %s: it lies in %s".formatted(target, ours),
            "Name a directory elsewhere. Without --to the snapshot takes the live data's place.");
      }
    }
  }
}
