package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.schedule.InstalledJob;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.SchedulePlan;
import dev.workbuddy.backup.schedule.SidecarMark;
import dev.workbuddy.backup.schedule.SystemJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Lets the system take snapshots regularly. */
public final class DataSchedule {
  private DataSchedule() {}

  /**
   * The typed parameters of installing.
   *
   * @param dryRun whether to make the plan only
   */
  public record InstallParameters(@Described("Whether to make the plan only.") boolean dryRun) {}

  /** None: the configuration of the workspace is meant. */
  public record StatusParameters() {}

  /** None: the configuration of the workspace is meant. */
  public record UninstallParameters() {}

  static Capability<InstallParameters, ScheduleInstalled> install(Workspace workspace) {
    return new Capability<>(
            "data_schedule_install",
            "Has the system take a snapshot as often as the configuration expects one, and rehearse"
                + " a restore each week: timers of systemd, agents of launchd, or lines of the"
                + " crontab.",
            Effect.DESTROYS,
            InstallParameters.class,
            (parameters, _) -> {
              SystemJobs jobs = SystemJobs.of(workspace.environment(), workspace.settings());
              SchedulePlan plan = parameters.dryRun() ? jobs.plan() : jobs.install();
              return new ScheduleInstalled(parameters.dryRun(), plan);
            })
        .titled("Install the regular jobs")
        .being(Trait.IDEMPOTENT)
        .rehearsedBy(
            new PlainRehearsal<>(
                parameters -> !parameters.dryRun(),
                _ -> new InstallParameters(true),
                plan -> List.of(Json.line(plan)),
                _ ->
                    Stakes.of(
                        "Write the regular snapshot and the weekly rehearsal into this system's"
                            + " jobs?")));
  }

  static Capability<StatusParameters, ScheduleStatus> status(Workspace workspace) {
    return new Capability<>(
            "data_schedule_status",
            "Tells whether snapshots are taken by themselves: by a job of the system or by a"
                + " sidecar; when the next is due, and how the last went.",
            Effect.READS,
            StatusParameters.class,
            (_, _) -> status(workspace, workspace.settings()))
        .titled("Show what takes snapshots by itself");
  }

  static Capability<UninstallParameters, ScheduleRemoved> uninstall(Workspace workspace) {
    return new Capability<>(
            "data_schedule_uninstall",
            "Takes the regular snapshot and the weekly rehearsal of a restore away from the system"
                + " again; other jobs are left alone.",
            Effect.CHANGES,
            UninstallParameters.class,
            (_, _) -> {
              SystemJobs jobs =
                  SystemJobs.of(workspace.environment(), workspace.config().settings());
              return new ScheduleRemoved(jobs.uninstall(workspace.clock().instant()));
            })
        .titled("Uninstall the regular jobs")
        .being(Trait.IDEMPOTENT);
  }

  private static ScheduleStatus status(Workspace workspace, Settings settings)
      throws IOException, InterruptedException {
    Path backups = settings.backupsDir();
    List<InstalledJob> installed =
        SystemJobs.of(workspace.environment(), settings).installed(workspace.clock().instant());
    Optional<SidecarMark> sidecar =
        SidecarMark.read(backups)
            .filter(mark -> mark.state(workspace.host()) != ProcessIdentity.State.GONE);
    JobStates jobs = JobStates.read(backups);
    return ScheduleStatus.of(
        installed,
        SystemJobs.missing(installed),
        sidecar.map(mark -> ScheduleStatus.Sidecar.of(mark, workspace.host(), jobs)).orElse(null),
        LastRun.read(backups, workspace.host(), workspace.clock().instant()));
  }
}
