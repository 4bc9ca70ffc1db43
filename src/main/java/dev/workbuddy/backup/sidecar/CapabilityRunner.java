package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.capability.Failures;
import dev.workbuddy.backup.capability.NamedCalls;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.schedule.Job;
import dev.workbuddy.backup.schedule.JobError;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs a job by calling its capability. */
record CapabilityRunner(NamedCalls calls) implements JobRunner {
  @Override
  public JobEnd run(Job job) {
    try {
      Outcome outcome = calls.call(job.capability(), job.params(), Progress.silent());
      return new JobEnd(outcome.status().word(), Optional.empty(), outcome.alarms());
    } catch (IOException | InterruptedException | RuntimeException e) {
      var _ = Thread.interrupted(); // How it ended is written down all the same.
      BackupException failure = Failures.of(e);
      return new JobEnd(
          failure.code().status().word(),
          Optional.of(new JobError(failure.code().word(), failure.text(), failure.hint())),
          List.of());
    }
  }
}
