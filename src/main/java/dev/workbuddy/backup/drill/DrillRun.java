package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.restore.RehearseRestore;
import dev.workbuddy.backup.restore.RehearseRestore.Rehearsed;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rehearsal with one place's snapshot, and what is known of it so far. For one use. */
final class DrillRun {
  private static final Rehearsed NOTHING = new Rehearsed(0, 0, 0, List.of());

  private final Settings settings;
  private final InstantSource clock;
  private final SmokeCommand smoke;
  private final DrillSource source;
  private final Path scratch;
  private Instant begun;
  private DrillSource.@Nullable Choice choice;
  private Rehearsed rehearsed = NOTHING;
  private long fetchMillis;
  private long restoreMillis;
  private long smokeMillis;

  /**
   * @param scratch an empty directory
   */
  DrillRun(
      Settings settings,
      InstantSource clock,
      SmokeCommand smoke,
      DrillSource source,
      Path scratch) {
    this.settings = settings;
    this.clock = clock;
    this.smoke = smoke;
    this.source = source;
    this.scratch = scratch;
    this.begun = clock.instant();
  }

  /**
   * Rehearses a restore; the record holds what goes wrong, and nothing is thrown for it.
   *
   * @throws BackupException where the request itself cannot be met, or nobody waits any more
   */
  DrillRecord run(DrillRequest request, Progress progress) throws InterruptedException {
    try {
      rehearse(request, progress);
      return record(Status.DONE, null);
    } catch (IOException | RuntimeException e) {
      BackupException failure = failure(e);
      if (isAskersFault(failure, request)) {
        throw failure;
      }
      Status status = failure.code().status();
      return record(status == Status.USAGE ? Status.FAILED : status, RunError.of(failure));
    }
  }

  private void rehearse(DrillRequest request, Progress progress)
      throws IOException, InterruptedException {
    progress.step("looking into " + source.name());
    DrillSource.Choice found = source.choose(request);
    choice = found;
    requireRoom();
    begun = clock.instant();
    StoredSnapshot snapshot = found.fetch(new LocalStore(directory("fetched")), progress);
    fetchMillis = lap();
    Path restored = scratch.resolve("restored");
    rehearsed = new RehearseRestore(settings, clock).run(snapshot, restored, progress);
    restoreMillis = lap();
    if (smoke.isThere()) {
      progress.step("asking the application");
      smoke.run(restored);
      smokeMillis = lap();
    }
  }

  private Path directory(String name) throws IOException {
    Path directory = scratch.resolve(name);
    DurableFiles.createPrivateDirectory(directory);
    return directory;
  }

  /** As much as the live databases take; fetching and restoring each look again, and closer. */
  private void requireRoom() throws IOException {
    long bytes = 0;
    for (VitalDatabase database : settings.databases()) {
      Path live = database.in(settings.dbDir());
      bytes += Files.isRegularFile(live) ? Files.size(live) : 0;
    }
    Space.require(scratch, bytes, "rehearse a restore");
  }

  private long lap() {
    Instant now = clock.instant();
    long millis = Math.max(0, Duration.between(begun, now).toMillis());
    begun = now;
    return millis;
  }

  private BackupException failure(Exception error) {
    if (error instanceof BackupException known) {
      return known;
    }
    if (error instanceof IOException || error instanceof UncheckedIOException) {
      try {
        Space.refuseIfFull(error, scratch, "rehearse a restore");
      } catch (BackupException full) {
        return full;
      }
      return new BackupException(
          ErrorCode.IO_FAILED,
          "cannot rehearse a restore from %s: %s".formatted(source.name(), error.getMessage()),
          "Check the disk that holds " + scratch + ".",
          error);
    }
    throw (RuntimeException) error;
  }

  private boolean isAskersFault(BackupException failure, DrillRequest request) {
    return switch (failure.code().status()) {
      case BUSY, INTERRUPTED -> true;
      default -> choice == null && !request.isLatest();
    };
  }

  private DrillRecord record(Status status, @Nullable RunError error) {
    Instant now = clock.instant();
    DrillSource.Choice found = choice;
    return new DrillRecord(
        now,
        source.name(),
        status,
        found == null ? null : found.id().toString(),
        found == null ? null : found.namespace(),
        found == null || found.ours(),
        fetchMillis + restoreMillis,
        fetchMillis,
        restoreMillis,
        smokeMillis,
        found == null ? 0 : Math.max(0, Duration.between(found.id().time(), now).toSeconds()),
        rehearsed.databases(),
        rehearsed.rows(),
        rehearsed.bytes(),
        error,
        rehearsed.warnings());
  }
}
