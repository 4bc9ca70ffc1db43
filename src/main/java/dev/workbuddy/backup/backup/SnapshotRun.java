package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ProgramErrors;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.outcome.SuppressedWarning;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.Phase;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.signals.HookedOperation;
import dev.workbuddy.backup.signals.RunNotifications;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One run with all who have a part in it: its record, the user's commands, those who watch. */
record SnapshotRun(OngoingRun run, HookedOperation hooks, RunNotifications signals) {

  /** The local part of the work. */
  interface Work {
    BackupResult take() throws IOException, InterruptedException;
  }

  /** Makes this the last run. Requires the run lock. */
  void begin() throws IOException, InterruptedException {
    run.begin();
    signals.began();
  }

  /** Does the work between the hooks of a snapshot. */
  BackupResult betweenHooks(Work work) throws IOException, InterruptedException {
    BackupResult taken;
    try {
      if (hooks.hasBefore()) {
        run.enter(Phase.BEFORE_SNAPSHOT);
      }
      hooks.before();
      taken = work.take();
    } catch (IOException | RuntimeException e) {
      hooks.after(e);
      throw e;
    } catch (Error e) {
      hooks.after(ProgramErrors.of(e));
      throw e;
    }
    run.taken(taken.forRecord());
    hooks.about(taken.snapshotId(), Path.of(taken.directory(), taken.tarball()));
    if (hooks.hasAny()) {
      run.enter(Phase.AFTER_SNAPSHOT);
    }
    List<String> failures = hooks.after(taken.status(), null);
    run.troubledBy(failures);
    return taken.lacking(failures);
  }

  /** Records and tells the end. The snapshot is there, whether or not the disk takes the record. */
  BackupResult ended(BackupResult result) throws InterruptedException {
    List<String> failures =
        result.status() == Status.DONE ? List.of() : hooks.failed(result.status(), null);
    BackupResult whole = result.withWarnings(run.asides()).withWarnings(failures);
    run.troubledBy(failures);
    run.ran(hooks.reports());
    try {
      return whole.untold(tell(run.end(whole.status(), null, whole.warnings())));
    } catch (IOException | BackupException unwritable) {
      return unrecorded(whole, unwritable);
    }
  }

  /** A reader of the record would not learn of this snapshot, so the run counts as incomplete. */
  private BackupResult unrecorded(BackupResult taken, Exception why) throws InterruptedException {
    BackupResult result =
        taken.lacking(
            List.of(
                "the snapshot is there, but last_run.json could not be written: "
                    + RunError.of(why).message()));
    return result.untold(signals.ended(run.unrecorded(result.status(), null, result.warnings())));
  }

  /** Notifies of the end, and adds the notifications that failed to the run's record. */
  private List<String> tell(RunRecord ended) throws IOException, InterruptedException {
    List<String> untold = signals.ended(ended);
    run.untold(ended, untold);
    return untold;
  }

  /** Records and reports the end of a run that threw. */
  void ended(Exception failure) throws IOException, InterruptedException {
    List<String> failures = hooks.failed(failure);
    List<String> warnings = Stream.concat(run.asides().stream(), failures.stream()).toList();
    warnings.forEach(warning -> failure.addSuppressed(new SuppressedWarning(warning)));
    run.troubledBy(failures);
    run.ran(hooks.reports());
    RunRecord ended;
    try {
      ended = run.end(Status.FAILED, RunError.of(failure), warnings);
    } catch (IOException unwritable) {
      signals.ended(run.unrecorded(Status.FAILED, RunError.of(failure), warnings));
      throw unwritable;
    }
    tell(ended).forEach(untold -> failure.addSuppressed(new SuppressedWarning(untold)));
  }
}
