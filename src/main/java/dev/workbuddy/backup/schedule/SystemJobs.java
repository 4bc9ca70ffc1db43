package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.config.ConfigLoader;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The regular snapshot as a job of the system: of launchd, of systemd, or of cron, whichever comes
 * first of those that are there.
 */
public final class SystemJobs {
  /** The variable in which the launcher says where it is. */
  private static final String LAUNCHER_VARIABLE = "WB_BACKUP_LAUNCHER";

  private final ScheduledCommand command;
  private final List<SystemScheduler> schedulers;
  private final ZoneId zone;

  /**
   * @param launcher the words that start this program, the first of them absolute
   * @param configDir absolute
   * @param dataDir the absolute directory that {@code WORK_BUDDY_DATA_DIR} means; null where it is
   *     not set
   * @param cadence how often a snapshot is expected
   * @param zone the machine's time zone
   */
  public SystemJobs(
      ScheduleHost host,
      List<String> launcher,
      Path configDir,
      @Nullable Path dataDir,
      Duration cadence,
      ZoneId zone) {
    this.command =
        ScheduledCommand.of(
            launcher, host.environment(), configDir, dataDir, owner(configDir), cadence);
    this.schedulers =
        List.of(new LaunchAgent(host), new SystemdTimer(host), new Crontab(host)).stream()
            .filter(SystemScheduler::isAvailable)
            .toList();
    this.zone = zone;
  }

  /**
   * Those of this machine.
   *
   * @throws BackupException {@code scheduler-unavailable} where nobody can tell how this program is
   *     started
   */
  public static SystemJobs of(Map<String, String> environment, Settings settings) {
    boolean elsewhere = !environment.getOrDefault(ConfigLoader.DATA_DIR_VARIABLE, "").isEmpty();
    return new SystemJobs(
        ScheduleHost.ofProcess(environment),
        launcher(environment),
        settings.configDir(),
        elsewhere ? settings.dataRoot() : null,
        settings.cadence(),
        ZoneId.systemDefault());
  }

  /** Without the launcher, Java itself with this program's jar. */
  private static List<String> launcher(Map<String, String> environment) {
    String launcher = environment.getOrDefault(LAUNCHER_VARIABLE, "");
    if (!launcher.isEmpty()) {
      return List.of(launcher);
    }
    String jar = System.getProperty("java.class.path", "");
    if (!jar.endsWith(".jar") || jar.contains(System.getProperty("path.separator", ":"))) {
      throw new BackupException(
          ErrorCode.SCHEDULER_UNAVAILABLE,
          "cannot tell how this program was started",
          "Start it with the script wb-backup, or set " + LAUNCHER_VARIABLE + " to its path.");
    }
    String java = Path.of(System.getProperty("java.home", "/"), "bin", "java").toString();
    return List.of(java, "-jar", Path.of(jar).toAbsolutePath().toString());
  }

  /**
   * What {@link #install} would do.
   *
   * @throws BackupException {@code scheduler-unavailable} where the system has no scheduler
   */
  public SchedulePlan plan() throws IOException, InterruptedException {
    return chosen().plan(command);
  }

  /** Installs the job, or brings it up to date; it is taken away from any other scheduler. */
  public SchedulePlan install() throws IOException, InterruptedException {
    SchedulePlan plan = plan();
    chosen().install(command, plan);
    for (SystemScheduler other : schedulers.subList(1, schedulers.size())) {
      other.uninstall(command);
    }
    return plan;
  }

  /** Takes the job away from every scheduler; the answer is where it was. */
  public List<InstalledJob> uninstall(Instant now) throws IOException, InterruptedException {
    List<InstalledJob> installed = installed(now);
    for (SystemScheduler scheduler : schedulers) {
      scheduler.uninstall(command);
    }
    return installed;
  }

  /** Where the job is installed; usually once or not at all. */
  public List<InstalledJob> installed(Instant now) throws IOException, InterruptedException {
    List<InstalledJob> found = new ArrayList<>();
    for (SystemScheduler scheduler : schedulers) {
      InstalledJob.State state = scheduler.state(command);
      if (state != InstalledJob.State.ABSENT) {
        SchedulePlan plan = scheduler.plan(command);
        found.add(
            new InstalledJob(
                plan.by(), plan.files().getLast().path().toString(), state, next(plan, now)));
      }
    }
    return List.copyOf(found);
  }

  private Instant next(SchedulePlan plan, Instant now) {
    ZoneId meant = plan.by().equals("systemd") ? ZoneOffset.UTC : zone;
    try {
      CronExpression cron = CronExpression.parse(command.rhythm().cron(command.minute()));
      return new Timetable(cron, meant).nextAfter(now).orElseThrow();
    } catch (UnusableJobException e) {
      throw new IllegalStateException(e);
    }
  }

  private SystemScheduler chosen() {
    return schedulers.stream()
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorCode.SCHEDULER_UNAVAILABLE,
                    "there is no scheduler here that wb-backup knows: neither systemd nor launchd"
                        + " runs, and there is no crontab",
                    "Install cron, or let whatever starts services here run `wb-backup sidecar`."));
  }

  private static @Nullable String owner(Path configDir) {
    try {
      return Files.getOwner(configDir).getName();
    } catch (IOException | UnsupportedOperationException unknown) {
      return null;
    }
  }
}
