package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.capability.NamedCalls;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.schedule.Job;
import java.io.IOException;
import java.util.Optional;

/** Runs a job by calling its capability. */
record CapabilityRunner(NamedCalls calls) implements JobRunner {
  @Override
  public JobEnd run(Job job, Runnable released) throws IOException, InterruptedException {
    Outcome outcome = calls.call(job.capability(), job.params(), new Releasing(released));
    return new JobEnd(outcome.status().word(), Optional.empty(), outcome.alarms());
  }

  private record Releasing(Runnable action) implements Progress {
    @Override
    public void step(String what) {}

    @Override
    public void advance(long done, long total) {}

    @Override
    public void released() {
      action.run();
    }
  }
}
