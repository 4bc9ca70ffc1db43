package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataSchedule;
import dev.workbuddy.backup.capability.ScheduleInstalled;
import dev.workbuddy.backup.capability.ScheduleRemoved;
import dev.workbuddy.backup.capability.ScheduleStatus;
import dev.workbuddy.backup.io.Moment;
import dev.workbuddy.backup.schedule.InstalledJob;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.SchedulePlan;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "schedule",
    description = "Schedule snapshots and a weekly restore drill with systemd, launchd or cron.",
    synopsisSubcommandLabel = "COMMAND")
final class ScheduleCommand {
  @ParentCommand private WbBackup root;

  @Command(
      name = "install",
      description = "Timers of systemd, agents of launchd, or lines of the crontab.")
  int install(
      @Option(names = "--dry-run", description = "Only print what would be written and run.")
          boolean dryRun)
      throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().scheduleInstall(),
        new DataSchedule.InstallParameters(dryRun),
        ScheduleCommand::print);
  }

  @Command(
      name = "status",
      description = "Show whether snapshots are scheduled, the next run and the last.")
  int status() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().scheduleStatus(),
        new DataSchedule.StatusParameters(),
        ScheduleCommand::print);
  }

  @Command(name = "uninstall", description = "Remove the scheduled jobs.")
  int uninstall() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().scheduleUninstall(),
        new DataSchedule.UninstallParameters(false),
        ScheduleCommand::print);
  }

  private static void print(ScheduleInstalled result, PrintStream out) {
    SchedulePlan plan = result.plan();
    if (result.dryRun()) {
      for (SchedulePlan.PlannedFile file : plan.files()) {
        out.println(file.path() + ":");
        file.text().lines().forEach(out::println);
        out.println();
      }
      plan.commands().forEach(command -> out.println("$ " + String.join(" ", command)));
    } else {
      plan.files().forEach(file -> out.printf("Installed with %s: %s%n", plan.by(), file.path()));
    }
    plan.notes().forEach(note -> out.println("Note: " + note));
  }

  private static void print(ScheduleStatus status, PrintStream out) {
    for (InstalledJob job : status.installed()) {
      out.printf(
          "%s, %s: %s, next run %s%s%n",
          job.job().word(), job.by(), job.where(), job.next(), remark(job));
    }
    status
        .missing()
        .forEach(
            job ->
                out.printf(
                    "%s: NOT INSTALLED: `wb-backup schedule install` adds it%n", job.word()));
    ScheduleStatus.Sidecar sidecar = status.sidecar();
    if (sidecar != null) {
      out.printf(
          "sidecar: pid %d on %s, since %s%s%n",
          sidecar.pid(),
          sidecar.host(),
          Moment.text(sidecar.since()),
          sidecar.seen() ? "" : "; whether it lives cannot be seen from here");
      print(sidecar, out);
    }
    if (status.installed().isEmpty() && sidecar == null) {
      out.println("Nothing takes scheduled snapshots; `wb-backup schedule install` changes that.");
    }
    out.println(lastRun(status));
  }

  private static void print(ScheduleStatus.Sidecar sidecar, PrintStream out) {
    for (ScheduleStatus.SidecarJob job : sidecar.jobs()) {
      String last =
          job.lastStatus() == null
              ? "no run so far"
              : (job.failed() ? "LAST RUN " : "last run ") + job.lastStatus();
      JobError error = job.error();
      out.printf(
          "  %s (%s): %s%s%n",
          job.name(), job.schedule(), last, error == null ? "" : ": " + error.message());
    }
    sidecar.problems().forEach(problem -> out.println("  CANNOT BE USED: " + problem));
  }

  private static String lastRun(ScheduleStatus status) {
    if (status.lastRun() == null) {
      return "No run so far.";
    }
    String at = status.lastRunAt() == null ? "" : " at " + shown(status.lastRunAt());
    String problem = status.lastRunProblem() == null ? "" : ": " + status.lastRunProblem();
    String overdue = status.overdue() == null ? "" : "; OVERDUE: no run came for two cadences";
    return "Last run: " + status.lastRun() + at + problem + overdue;
  }

  private static String remark(InstalledJob job) {
    return switch (job.state()) {
      case OUTDATED -> "; OUTDATED: `wb-backup schedule install` brings it up to date";
      case INACTIVE -> "; NOT ACTIVE: " + job.remedy();
      default -> "";
    };
  }

  private static void print(ScheduleRemoved result, PrintStream out) {
    result
        .removed()
        .forEach(
            job ->
                out.printf("Removed from %s: %s, %s%n", job.by(), job.job().word(), job.where()));
    if (result.removed().isEmpty()) {
      out.println("There was no job to remove.");
    }
  }

  private static String shown(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
