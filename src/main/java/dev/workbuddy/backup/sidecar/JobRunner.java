package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.schedule.Job;
import java.io.IOException;

/** Runs a job to its end; what it throws is how the job ended. */
@FunctionalInterface
public interface JobRunner {
  /**
   * Runs it.
   *
   * @param released called where the job may be begun again although this run goes on
   */
  JobEnd run(Job job, Runnable released) throws IOException, InterruptedException;
}
