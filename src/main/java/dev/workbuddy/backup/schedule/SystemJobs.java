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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The regular snapshot and the regular rehearsal as jobs of the system: of launchd, of systemd, or
 * of cron, whichever comes first of those that are there.
 */
public final class SystemJobs {
  /** The variable in which the launcher says where it is. */
  private static final String LAUNCHER_VARIABLE = "WB_BACKUP_LAUNCHER";

  private final List<ScheduledCommand> commands;
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
    String owner = owner(configDir);
    this.commands =
        Stream.of(RegularJob.values())
            .map(
                job ->
                    ScheduledCommand.of(
                        job, launcher, host.environment(), configDir, dataDir, owner, cadence))
            .toList();
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
    return chosen().plan(commands);
  }

  /** Installs the jobs, or brings them up to date; any other scheduler loses them. */
  public SchedulePlan install() throws IOException, InterruptedException {
    SchedulePlan plan = plan();
    chosen().install(commands, plan);
    for (SystemScheduler other : schedulers.subList(1, schedulers.size())) {
      uninstall(other);
    }
    return plan;
  }

  private void uninstall(SystemScheduler scheduler) throws IOException, InterruptedException {
    for (ScheduledCommand command : commands) {
      scheduler.uninstall(command);
    }
  }

  /** Takes the jobs away from every scheduler; the answer is where they were. */
  public List<InstalledJob> uninstall(Instant now) throws IOException, InterruptedException {
    List<InstalledJob> installed = installed(now);
    for (SystemScheduler scheduler : schedulers) {
      uninstall(scheduler);
    }
    return installed;
  }

  /**
   * Which of them an installation lacks: one by an earlier version has only the snapshot. None
   * where nothing is installed.
   *
   * @param installed as {@link #installed} says
   */
  public static List<RegularJob> missing(List<InstalledJob> installed) {
    Set<RegularJob> there = installed.stream().map(InstalledJob::job).collect(Collectors.toSet());
    return installed.isEmpty()
        ? List.of()
        : Stream.of(RegularJob.values()).filter(job -> !there.contains(job)).toList();
  }

  /** Where the jobs are installed; usually each once, or none. */
  public List<InstalledJob> installed(Instant now) throws IOException, InterruptedException {
    List<InstalledJob> found = new ArrayList<>();
    for (SystemScheduler scheduler : schedulers) {
      for (ScheduledCommand command : commands) {
        InstalledJob.State state = scheduler.state(command);
        if (state != InstalledJob.State.ABSENT) {
          found.add(installed(scheduler.plan(List.of(command)), command, state, now));
        }
      }
    }
    return List.copyOf(found);
  }

  private InstalledJob installed(
      SchedulePlan plan, ScheduledCommand command, InstalledJob.State state, Instant now) {
    String where = plan.files().getLast().path().toString();
    return new InstalledJob(command.job(), plan.by(), where, state, next(plan, command, now));
  }

  private Instant next(SchedulePlan plan, ScheduledCommand command, Instant now) {
    ZoneId meant = plan.by().equals("systemd") ? ZoneOffset.UTC : zone;
    try {
      CronExpression cron = CronExpression.parse(command.moments().cron());
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
