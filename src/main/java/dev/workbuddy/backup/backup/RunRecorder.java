package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Sees a run through to its record, however the run ends. */
final class RunRecorder {
  private final Path backupsDir;
  private final RunRecords records;

  RunRecorder(Path backupsDir, RunRecords records) {
    this.backupsDir = backupsDir;
    this.records = records;
  }

  /** The work of a run, which begins it when it has the lock. */
  interface Work {
    BackupResult on(OngoingRun run) throws IOException, InterruptedException;
  }

  BackupResult record(BackupRequest request, Work work) throws IOException, InterruptedException {
    OngoingRun run = new OngoingRun(records, request.manual());
    try {
      BackupResult result = full(work, run);
      run.end(result.status(), null, result.warnings());
      return result;
    } catch (IOException | RuntimeException e) {
      recordFailure(run, e);
      throw e;
    }
  }

  private BackupResult full(Work work, OngoingRun run) throws IOException, InterruptedException {
    try {
      return work.on(run);
    } catch (IOException e) {
      Space.refuseIfFull(e, backupsDir, "take a snapshot");
      throw e;
    }
  }

  /** A full disk may refuse the record as well; the run's own error is the one to report then. */
  private static void recordFailure(OngoingRun run, Exception cause) throws InterruptedException {
    try {
      run.end(Status.FAILED, RunError.of(cause), List.of());
    } catch (IOException | BackupException unwritable) {
      cause.addSuppressed(unwritable);
    }
  }
}
