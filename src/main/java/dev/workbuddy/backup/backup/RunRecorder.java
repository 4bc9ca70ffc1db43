package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.ProgramErrors;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.RunRecords;
import dev.workbuddy.backup.signals.Hooks;
import dev.workbuddy.backup.signals.RunNotifications;
import java.io.IOException;

/** Sees a run through to its record, however the run ends. */
final class RunRecorder {
  private final Settings settings;
  private final Machine machine;
  private final RunRecords records;

  RunRecorder(Settings settings, Machine machine) {
    this.settings = settings;
    this.machine = machine;
    this.records = new RunRecords(settings.backupsDir(), machine);
  }

  /** The work of a run, which begins it when it has the lock. */
  interface Work {
    BackupResult on(SnapshotRun attempt) throws IOException, InterruptedException;
  }

  BackupResult record(BackupRequest request, Work work) throws IOException, InterruptedException {
    SnapshotRun attempt = attempt(request);
    BackupResult result;
    try {
      result = full(work, attempt);
      attempt.run().alarmed(result.openAlarms());
    } catch (IOException | RuntimeException e) {
      recordFailure(attempt, e);
      throw e;
    } catch (Error e) {
      recordFailure(attempt, ProgramErrors.of(e));
      throw e;
    }
    return attempt.ended(result);
  }

  private SnapshotRun attempt(BackupRequest request) {
    return new SnapshotRun(
        new OngoingRun(records, request.manual()),
        new Hooks(settings, machine.environment(), machine.clock()).snapshot(),
        new RunNotifications(settings, machine));
  }

  private BackupResult full(Work work, SnapshotRun attempt)
      throws IOException, InterruptedException {
    try {
      return work.on(attempt);
    } catch (IOException e) {
      Space.refuseIfFull(e, settings.backupsDir(), "take a snapshot");
      throw e;
    }
  }

  /**
   * Nothing has failed where another run is going on: that one tells of itself. A full disk may
   * refuse the record as well; the run's own error is the one to report then.
   */
  private void recordFailure(SnapshotRun attempt, Exception cause) throws InterruptedException {
    boolean busy = cause instanceof BackupException known && known.code() == ErrorCode.LOCK_HELD;
    if (busy && !attempt.run().hasBegun()) {
      return;
    }
    boolean interrupted =
        Thread.interrupted(); // An interrupt must not keep the end from being recorded.
    try {
      attempt.run().alarmed(Alarms.open(settings.backupsDir()));
      attempt.ended(cause);
    } catch (IOException | BackupException unwritable) {
      cause.addSuppressed(unwritable);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
