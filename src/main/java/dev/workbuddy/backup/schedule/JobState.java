package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.outcome.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the sidecar remembers of a job.
 *
 * @param schedule the cron expression that the moments below belong to
 * @param countedFrom the next run is the first that is due after this: when the last one began, or
 *     when the schedule was first seen; earlier where the clock was set back since
 * @param status how the last run ended: {@code done}, {@code incomplete}, {@code failed}, …; or
 *     {@code running}; null where there was none
 * @param startedAt when the last run began; null where there was none
 * @param finishedAt when it ended; null while it runs
 * @param error why it failed; null where it did not
 */
public record JobState(
    String schedule,
    Instant countedFrom,
    @Nullable String status,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable JobError error) {
  /** The status of a run that has not ended. */
  public static final String RUNNING = "running";

  /** A job that is seen for the first time, or on a new schedule. */
  public static JobState seen(String schedule, Instant now) {
    return new JobState(schedule, now, null, null, null, null);
  }

  /** Returns this state, counted from another moment. */
  public JobState countedFrom(Instant moment) {
    return new JobState(schedule, moment, status, startedAt, finishedAt, error);
  }

  /** Returns this state for a job that has started. */
  public JobState started(Instant now) {
    return new JobState(schedule, now, RUNNING, now, null, null);
  }

  /** Returns this state after the job ran. */
  public JobState finished(String newStatus, @Nullable JobError newError, Instant now) {
    return new JobState(schedule, countedFrom, newStatus, startedAt, now, newError);
  }

  /** Returns this state without how the last run ended: the job no longer exists. */
  public JobState forgiven() {
    return new JobState(schedule, countedFrom, null, startedAt, finishedAt, null);
  }

  /**
   * Whether its last run did not do all that it should. One that was abandoned when the sidecar
   * ended has not failed.
   */
  public boolean hasFailed() {
    return status != null
        && !isRunning()
        && !status.equals(Status.DONE.word())
        && !status.equals(Status.INTERRUPTED.word());
  }

  public boolean isRunning() {
    return RUNNING.equals(status);
  }

  /** Whether it runs, and began before that moment. */
  public boolean hasRunSince(Instant moment) {
    return isRunning() && startedAt != null && startedAt.isBefore(moment);
  }

  /** Whether it has run on its present schedule. */
  public boolean hasRun() {
    return startedAt != null;
  }
}
