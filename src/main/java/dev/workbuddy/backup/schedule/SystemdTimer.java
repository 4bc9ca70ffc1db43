package dev.workbuddy.backup.schedule;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A timer and a service of systemd: the user's own, or the system's where root asks. */
final class SystemdTimer extends FileScheduler {
  private final ScheduleHost host;

  SystemdTimer(ScheduleHost host) {
    super(new SchedulerPrograms(host));
    this.host = host;
  }

  @Override
  public boolean isAvailable() {
    String session = host.environment().getOrDefault("XDG_RUNTIME_DIR", "");
    return Files.isDirectory(host.place("run/systemd/system"))
        && programs().has("systemctl")
        && (host.isSuperuser()
            || (!session.isEmpty() && Files.isDirectory(Path.of(session, "systemd"))));
  }

  @Override
  public SchedulePlan plan(List<ScheduledCommand> commands) {
    List<List<String>> calls = new ArrayList<>(List.of(systemctl("daemon-reload")));
    commands.forEach(command -> calls.add(systemctl("enable", "--now", timerName(command))));
    return new SchedulePlan(
        "systemd", commands.stream().flatMap(this::files).toList(), calls, notes());
  }

  private Stream<SchedulePlan.PlannedFile> files(ScheduledCommand command) {
    Path directory = directory();
    return Stream.of(
        new SchedulePlan.PlannedFile(
            directory.resolve(command.id() + ".service"), service(command)),
        new SchedulePlan.PlannedFile(directory.resolve(timerName(command)), timer(command)));
  }

  @Override
  List<String> activeQuestion(ScheduledCommand command) {
    return systemctl("is-active", "--quiet", timerName(command));
  }

  @Override
  List<List<String>> removal(ScheduledCommand command) {
    return List.of(systemctl("disable", "--now", timerName(command)));
  }

  @Override
  List<List<String>> afterRemoval() {
    return List.of(systemctl("daemon-reload"));
  }

  private Path directory() {
    if (host.isSuperuser()) {
      return host.place("etc/systemd/system");
    }
    String config = host.environment().getOrDefault("XDG_CONFIG_HOME", "");
    Path base = config.isEmpty() ? host.home().resolve(".config") : Path.of(config);
    return base.resolve("systemd").resolve("user");
  }

  private static String timerName(ScheduledCommand command) {
    return command.id() + ".timer";
  }

  private List<String> systemctl(String... words) {
    List<String> command = new ArrayList<>(List.of("systemctl"));
    if (!host.isSuperuser()) {
      command.add("--user");
    }
    command.addAll(List.of(words));
    return command;
  }

  private List<String> notes() {
    boolean lingers = Files.exists(host.place("var/lib/systemd/linger").resolve(host.user()));
    return host.isSuperuser() || lingers
        ? List.of()
        : List.of(
            "It runs only while "
                + host.user()
                + " is logged in; `loginctl enable-linger` lets it run always.");
  }

  /** Started by env, because systemd does not read a quoted program as it reads arguments. */
  private String service(ScheduledCommand command) {
    String environment =
        command.environment().entrySet().stream()
            .map(each -> "Environment=" + Quoting.unit(each.getKey() + "=" + each.getValue()))
            .collect(Collectors.joining("\n"));
    String words =
        command.words().stream().map(Quoting::unitArgument).collect(Collectors.joining(" "));
    String owner = command.owner();
    boolean another = host.isSuperuser() && owner != null && !owner.equals(host.user());
    return """
    # Written by `wb-backup schedule install`, which replaces it; `uninstall` deletes it.
    [Unit]
    Description=wb-backup: %s the databases of %s

    [Service]
    Type=oneshot
    %s%s
    ExecStart=/usr/bin/env %s
    Nice=10
    IOSchedulingClass=best-effort
    IOSchedulingPriority=7
    """
        .formatted(
            command.job().purpose(),
            command.configDir().toString().replace("%", "%%"),
            another ? "User=" + owner + "\n" : "",
            environment,
            words);
  }

  /** In UTC, where no hour is left out and none comes twice. */
  private static String timer(ScheduledCommand command) {
    DayOfWeek day = command.moments().day();
    return """
    # Written by `wb-backup schedule install`, which replaces it; `uninstall` deletes it.
    [Unit]
    Description=When to %s the databases of %s

    [Timer]
    OnCalendar=%s*-*-* %s:%s:00 UTC
    Persistent=true
    RandomizedDelaySec=60

    [Install]
    WantedBy=timers.target
    """
        .formatted(
            command.job().purpose(),
            command.configDir().toString().replace("%", "%%"),
            day == null ? "" : day.getDisplayName(TextStyle.SHORT, Locale.ROOT) + " ",
            joined(command.moments().hours()),
            joined(command.moments().minutes()));
  }

  private static String joined(List<Integer> values) {
    return values.isEmpty()
        ? "*"
        : values.stream().map("%02d"::formatted).collect(Collectors.joining(","));
  }
}
