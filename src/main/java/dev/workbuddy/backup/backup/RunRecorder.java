package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes {@code last_run.json} for a run, however the run ends. */
final class RunRecorder {
  private final Path backupsDir;
  private final InstantSource clock;
  private final boolean manual;

  RunRecorder(Path backupsDir, InstantSource clock, boolean manual) {
    this.backupsDir = backupsDir;
    this.clock = clock;
    this.manual = manual;
  }

  /** The work of a run. */
  interface Run {
    BackupResult take() throws IOException, InterruptedException;
  }

  BackupResult record(Run run) throws IOException, InterruptedException {
    Instant started = clock.instant();
    try {
      BackupResult result = take(run);
      succeeded(started, result).write(backupsDir);
      return result;
    } catch (BackupException e) {
      recordFailure(started, new LastRun.Failure(e.code().word(), e.text(), e.hint()), e);
      throw e;
    } catch (IOException | RuntimeException e) {
      String code = ErrorCode.IO_FAILED.word();
      recordFailure(started, new LastRun.Failure(code, String.valueOf(e.getMessage()), ""), e);
      throw e;
    }
  }

  private BackupResult take(Run run) throws IOException, InterruptedException {
    try {
      return run.take();
    } catch (IOException e) {
      Space.refuseIfFull(e, backupsDir, "take a snapshot");
      throw e;
    }
  }

  private LastRun succeeded(Instant started, BackupResult result) {
    Instant finished = clock.instant();
    boolean good = result.missing().isEmpty();
    Optional<LastRun> before = LastRun.read(backupsDir);
    return new LastRun(
        result.status().word(),
        null,
        result.snapshotId(),
        manual,
        started,
        finished,
        Duration.between(started, finished).toMillis(),
        result.bytes(),
        result.databaseBytes(),
        result.missing(),
        result.swept(),
        List.of(),
        result.openAlarms(),
        good ? result.snapshotId() : lastGoodId(before),
        good ? finished : lastGoodAt(before));
  }

  /** A full disk may refuse the record as well; the run's own error is the one to report then. */
  private void recordFailure(Instant started, LastRun.Failure failure, Exception cause) {
    Instant finished = clock.instant();
    Optional<LastRun> before = LastRun.read(backupsDir);
    try {
      new LastRun(
              Status.FAILED.word(),
              failure,
              null,
              manual,
              started,
              finished,
              Duration.between(started, finished).toMillis(),
              0,
              0,
              List.of(),
              List.of(),
              List.of(),
              Alarms.open(backupsDir),
              lastGoodId(before),
              lastGoodAt(before))
          .write(backupsDir);
    } catch (IOException unwritable) {
      cause.addSuppressed(unwritable);
    }
  }

  private static @Nullable String lastGoodId(Optional<LastRun> before) {
    return before.map(LastRun::lastGoodSnapshotId).orElse(null);
  }

  private static @Nullable Instant lastGoodAt(Optional<LastRun> before) {
    return before.map(LastRun::lastGoodAt).orElse(null);
  }
}
