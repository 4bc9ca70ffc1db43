package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.schedule.Job;
import java.io.IOException;

/** Runs a job to its end; what it throws is how the job ended. */
@FunctionalInterface
public interface JobRunner {
  JobEnd run(Job job) throws IOException, InterruptedException;
}
