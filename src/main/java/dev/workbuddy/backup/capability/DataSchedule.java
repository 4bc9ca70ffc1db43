package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.schedule.InstalledJob;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.SchedulePlan;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.schedule.SystemJobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /**
   * The typed parameters of uninstalling.
   *
   * @param dryRun whether only to say what would be taken away
   */
  public record UninstallParameters(
      @Described("Whether only to say what would be taken away.") boolean dryRun) {}

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
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.DESTROYS)
        .rehearsedBy(
            new DryRunPreview<>(
                _ -> new InstallParameters(true),
                plan -> List.of(Json.line(plan)),
                _ ->
                    Impact.of(
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
        .titled("Show what takes scheduled snapshots");
  }

  static Capability<UninstallParameters, ScheduleRemoved> uninstall(Workspace workspace) {
    return new Capability<>(
            "data_schedule_uninstall",
            "Takes the regular snapshot and the weekly rehearsal of a restore away from the system"
                + " again; other jobs are left alone.",
            Effect.WEAKENS,
            UninstallParameters.class,
            (parameters, _) -> uninstall(workspace, parameters.dryRun()))
        .titled("Uninstall the regular jobs")
        .being(Trait.IDEMPOTENT)
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.WEAKENS)
        .rehearsedBy(
            new DryRunPreview<>(
                _ -> new UninstallParameters(true),
                plan ->
                    List.of(Json.line(plan.removed().stream().map(InstalledJob::where).toList())),
                DataSchedule::stakes));
  }

  private static ScheduleRemoved uninstall(Workspace workspace, boolean dryRun)
      throws IOException, InterruptedException {
    SystemJobs jobs = SystemJobs.of(workspace.environment(), workspace.config().settings());
    Instant now = workspace.clock().instant();
    return new ScheduleRemoved(dryRun ? jobs.installed(now) : jobs.uninstall(now));
  }

  private static Impact stakes(ScheduleRemoved plan) {
    String jobs =
        plan.removed().stream()
            .map(job -> "%s (%s)".formatted(job.job().word(), job.by()))
            .collect(Collectors.joining(", "));
    return Impact.of(
        jobs.isEmpty()
            ? "Take the regular jobs away, though none is installed today?"
            : "Take away %s? Then this system takes no scheduled snapshots any more."
                .formatted(jobs));
  }

  private static ScheduleStatus status(Workspace workspace, Settings settings)
      throws IOException, InterruptedException {
    Path backups = settings.backupsDir();
    List<InstalledJob> installed =
        SystemJobs.of(workspace.environment(), settings).installed(workspace.clock().instant());
    Optional<SidecarPidFile> sidecar =
        SidecarPidFile.read(backups)
            .filter(mark -> mark.state(workspace.host()) != ProcessIdentity.State.GONE);
    JobStates jobs = JobStates.read(backups);
    Instant now = workspace.clock().instant();
    LastRun last = LastRun.read(backups, workspace.host(), now);
    return ScheduleStatus.of(
        installed,
        SystemJobs.missing(installed),
        sidecar.map(mark -> ScheduleStatus.Sidecar.of(mark, workspace.host(), jobs)).orElse(null),
        last,
        last.overdue(settings.cadence(), now).map(Duration::toSeconds).orElse(null));
  }
}
