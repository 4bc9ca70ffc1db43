package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.schedule.Job;

/** Runs a job to its end, however it ends. */
@FunctionalInterface
public interface JobRunner {
  JobEnd run(Job job);
}
