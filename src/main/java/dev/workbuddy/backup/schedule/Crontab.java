package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user's crontab. Ours is what stands between two marks; all other lines are written back as
 * they were read.
 */
final class Crontab implements SystemScheduler {
  private static final List<String> MARKS =
      List.of("run/crond.pid", "run/cron.pid", "var/run/crond.pid");
  private static final Set<String> DAEMONS = Set.of("cron", "crond", "fcron", "dcron");

  /** What Linux keeps of a process's name, and more. */
  private static final int LONGEST_NAME = 64;

  private static final List<String> LIST = List.of("crontab", "-l");

  private final ScheduleHost host;
  private final SchedulerPrograms programs;

  Crontab(ScheduleHost host) {
    this.host = host;
    this.programs = new SchedulerPrograms(host);
  }

  @Override
  public boolean isAvailable() {
    return programs.has("crontab");
  }

  @Override
  public SchedulePlan plan(List<ScheduledCommand> commands) {
    return new SchedulePlan(
        "cron",
        List.of(new SchedulePlan.PlannedFile(Path.of("crontab of " + host.user()), ours(commands))),
        List.of(),
        notes());
  }

  @Override
  public InstalledJob.State state(ScheduledCommand command)
      throws IOException, InterruptedException {
    String table = read();
    if (table.contains(begin(command)) && !isRunning()) {
      return InstalledJob.State.INACTIVE;
    }
    if (table.contains(ours(command))) {
      return InstalledJob.State.CURRENT;
    }
    return table.contains(begin(command)) ? InstalledJob.State.OUTDATED : InstalledJob.State.ABSENT;
  }

  @Override
  public void install(List<ScheduledCommand> commands, SchedulePlan plan)
      throws IOException, InterruptedException {
    commands.forEach(this::refuseOwnerOfAnother);
    String others = read();
    for (ScheduledCommand command : commands) {
      others = without(command, others);
    }
    String separator = others.isEmpty() || others.endsWith("\n") ? "" : "\n";
    write(others + separator + ours(commands));
  }

  @Override
  public void uninstall(ScheduledCommand command) throws IOException, InterruptedException {
    String table = read();
    String others = without(command, table);
    if (others.equals(table)) {
      return;
    }
    if (others.isBlank()) {
      programs.require(List.of("crontab", "-r"));
    } else {
      write(others);
    }
  }

  private String read() throws IOException, InterruptedException {
    Subprocess.Result result = programs.run(LIST);
    if (result.ok()) {
      return result.stdout();
    }
    if (result.stderr().toLowerCase(Locale.ROOT).contains("no crontab")) {
      return "";
    }
    throw SchedulerPrograms.failed(LIST, result);
  }

  private void write(String table) throws IOException, InterruptedException {
    Path file = Files.createTempFile("wb-backup-crontab", "");
    try {
      Files.writeString(file, table, StandardCharsets.UTF_8);
      programs.require(List.of("crontab", file.toString()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String without(ScheduledCommand command, String table) {
    int start = table.indexOf(begin(command));
    if (start < 0) {
      return table;
    }
    int end = table.indexOf(end(command), start);
    if (end < 0) {
      throw new BackupException(
          ErrorCode.SCHEDULER_FAILED,
          "the crontab has the mark '"
              + begin(command)
              + "' but not '"
              + end(command).strip()
              + "'",
          "Remove what is left of the job with `crontab -e`, and try again.");
    }
    return table.substring(0, start) + table.substring(end + end(command).length());
  }

  private static String ours(List<ScheduledCommand> commands) {
    return commands.stream().map(Crontab::ours).collect(Collectors.joining());
  }

  private static String ours(ScheduledCommand command) {
    String environment =
        command.environment().entrySet().stream()
            .map(each -> Quoting.crontab(each.getKey() + "=" + each.getValue()) + " ")
            .collect(Collectors.joining());
    String words = command.words().stream().map(Quoting::crontab).collect(Collectors.joining(" "));
    return "%s written by `wb-backup schedule install`\n%s /usr/bin/env %s%s\n%s"
        .formatted(begin(command), command.moments().cron(), environment, words, end(command));
  }

  /** With what follows the name, since one name may be the beginning of another. */
  private static String begin(ScheduledCommand command) {
    return "# begin " + command.id() + ",";
  }

  private static String end(ScheduledCommand command) {
    return "# end " + command.id() + "\n";
  }

  private void refuseOwnerOfAnother(ScheduledCommand command) {
    String owner = command.owner();
    if (host.isSuperuser() && owner != null && !owner.equals(host.user())) {
      throw new BackupException(
          ErrorCode.USAGE,
          "the configuration belongs to " + owner + ", whose crontab is not root's",
          "Run `wb-backup schedule install` as " + owner + ".");
    }
  }

  private List<String> notes() {
    return isRunning()
        ? List.of()
        : List.of("No sign of a running cron: the job waits until one is started.");
  }

  /**
   * Whether anybody reads the crontab. A process of that name tells; where processes cannot be
   * seen, the file that cron leaves while it runs.
   */
  private boolean isRunning() {
    Path processes = host.place("proc");
    if (!Files.isDirectory(processes)) {
      return MARKS.stream().anyMatch(file -> Files.exists(host.place(file)));
    }
    try (Stream<Path> entries = Files.list(processes)) {
      return entries.anyMatch(Crontab::isCron);
    } catch (IOException | UncheckedIOException unseen) {
      return true;
    }
  }

  private static boolean isCron(Path process) {
    try (InputStream name = Files.newInputStream(process.resolve("comm"))) {
      byte[] bytes = name.readNBytes(LONGEST_NAME);
      return DAEMONS.contains(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (IOException noProcess) {
      return false;
    }
  }
}
