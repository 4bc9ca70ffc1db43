package dev.workbuddy.backup.schedule;

import java.io.IOException;
import java.util.List;

/** A scheduler of the system. What others have it do is never touched. */
sealed interface SystemScheduler permits FileScheduler, Crontab {

  /** Whether the system has it and this user may use it. */
  boolean isAvailable();

  /** What {@link #install} would do. */
  SchedulePlan plan(List<ScheduledCommand> commands) throws IOException, InterruptedException;

  /** Whether there is a job for the configuration, and whether it is as the plan says. */
  InstalledJob.State state(ScheduledCommand command) throws IOException, InterruptedException;

  /** Executes the plan; jobs that are there already are replaced. */
  void install(List<ScheduledCommand> commands, SchedulePlan plan)
      throws IOException, InterruptedException;

  /** Takes the job away again; nothing happens where there is none. */
  void uninstall(ScheduledCommand command) throws IOException, InterruptedException;
}
