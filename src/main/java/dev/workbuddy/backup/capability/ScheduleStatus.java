package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.schedule.InstalledJob;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.RegularJob;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether snapshots are taken by themselves.
 *
 * @param installed the system's jobs for this configuration
 * @param missing which of them are not installed, although others are
 * @param sidecar the sidecar of this data root; null where none lives
 * @param lastRun how the last run ended, whoever started it; {@code unreadable} where its record is
 *     damaged; null where there was none
 * @param lastRunAt when that was, or when it began where it was killed; null where nobody knows
 * @param lastRunProblem what was wrong with it; null where nothing was
 * @param overdue how old it is, in seconds, where that is more than two cadences; else null
 */
public record ScheduleStatus(
    List<InstalledJob> installed,
    List<RegularJob> missing,
    @Nullable Sidecar sidecar,
    @Nullable String lastRun,
    @Nullable Instant lastRunAt,
    @Nullable String lastRunProblem,
    @Nullable Long overdue)
    implements Outcome {
  private static final String UNREADABLE = "unreadable";

  /**
   * A sidecar.
   *
   * @param seen whether it is known to live; one on another machine cannot be seen
   * @param jobs what it runs, by name
   * @param problems why job files cannot be used
   */
  public record Sidecar(
      long pid,
      String host,
      Instant since,
      boolean seen,
      List<SidecarJob> jobs,
      List<String> problems) {
    public Sidecar {
      jobs = List.copyOf(jobs);
      problems = List.copyOf(problems);
    }

    static Sidecar of(SidecarPidFile pidFile, String thisHost, JobStates states) {
      return new Sidecar(
          pidFile.process().pid(),
          pidFile.host(),
          pidFile.since(),
          pidFile.state(thisHost) == ProcessIdentity.State.ALIVE,
          new TreeMap<>(states.jobs())
              .entrySet().stream().map(job -> SidecarJob.of(job.getKey(), job.getValue())).toList(),
          states.problems());
    }
  }

  /**
   * A job of the sidecar.
   *
   * @param lastStatus how its last run ended, or {@code running}; null where there was none
   * @param failed whether that run did not do all that it should
   */
  public record SidecarJob(
      String name,
      String schedule,
      @Nullable String lastStatus,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      boolean failed,
      @Nullable JobError error) {
    private static SidecarJob of(String name, JobState state) {
      return new SidecarJob(
          name,
          state.schedule(),
          state.status(),
          state.startedAt(),
          state.finishedAt(),
          state.hasFailed(),
          state.error());
    }
  }

  public ScheduleStatus {
    installed = List.copyOf(installed);
    missing = List.copyOf(missing);
  }

  /** One that takes the last run's part from its record. */
  static ScheduleStatus of(
      List<InstalledJob> installed,
      List<RegularJob> missing,
      @Nullable Sidecar sidecar,
      LastRun last,
      @Nullable Long overdue) {
    RunRecord run = last.record().orElse(null);
    if (run == null) {
      return last instanceof LastRun.Unreadable(String reason)
          ? new ScheduleStatus(installed, missing, sidecar, UNREADABLE, null, reason, null)
          : new ScheduleStatus(installed, missing, sidecar, null, null, null, null);
    }
    RunError error = run.error();
    return new ScheduleStatus(
        installed,
        missing,
        sidecar,
        run.status(),
        run.latest(),
        error == null ? null : error.message(),
        overdue);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
