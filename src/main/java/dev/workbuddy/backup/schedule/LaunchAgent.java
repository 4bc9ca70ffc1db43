package dev.workbuddy.backup.schedule;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An agent of launchd, macOS's scheduler: the user's own, or a daemon where root asks. */
final class LaunchAgent extends FileScheduler {
  private final ScheduleHost host;

  LaunchAgent(ScheduleHost host) {
    super(new SchedulerPrograms(host));
    this.host = host;
  }

  @Override
  public boolean isAvailable() {
    return host.isMac() && programs().has("launchctl");
  }

  @Override
  public SchedulePlan plan(List<ScheduledCommand> commands) {
    return new SchedulePlan(
        "launchd",
        commands.stream()
            .map(command -> new SchedulePlan.PlannedFile(file(command), propertyList(command)))
            .toList(),
        commands.stream().flatMap(command -> loading(file(command).toString())).toList(),
        List.of());
  }

  private static Stream<List<String>> loading(String file) {
    return Stream.of(
        List.of("launchctl", "unload", file), List.of("launchctl", "load", "-w", file));
  }

  @Override
  List<String> activeQuestion(ScheduledCommand command) {
    return List.of("launchctl", "list", label(command));
  }

  @Override
  List<List<String>> removal(ScheduledCommand command) {
    return List.of(List.of("launchctl", "unload", "-w", file(command).toString()));
  }

  @Override
  List<List<String>> afterRemoval() {
    return List.of();
  }

  private Path file(ScheduledCommand command) {
    Path directory =
        host.isSuperuser()
            ? host.place("Library/LaunchDaemons")
            : host.home().resolve("Library").resolve("LaunchAgents");
    return directory.resolve(label(command) + ".plist");
  }

  private static String label(ScheduledCommand command) {
    return "dev.workbuddy.backup." + command.id();
  }

  private String propertyList(ScheduledCommand command) {
    String owner = command.owner();
    boolean another = host.isSuperuser() && owner != null && !owner.equals(host.user());
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
    <plist version="1.0">
    <!-- Written by wb-backup schedule install, which replaces it; uninstall deletes it. -->
    <dict>
    <key>Label</key>%s
    %s<key>ProgramArguments</key><array>
    %s
    </array>
    <key>EnvironmentVariables</key><dict>
    %s
    </dict>
    <key>StartCalendarInterval</key><array>
    %s
    </array>
    <key>LowPriorityIO</key><true/>
    <key>Nice</key><integer>10</integer>
    </dict>
    </plist>
    """
        .formatted(
            string(label(command)),
            another ? "<key>UserName</key>" + string(String.valueOf(owner)) + "\n" : "",
            command.words().stream().map(LaunchAgent::string).collect(Collectors.joining("\n")),
            command.environment().entrySet().stream()
                .map(each -> key(each.getKey()) + string(each.getValue()))
                .collect(Collectors.joining("\n")),
            moments(command).collect(Collectors.joining("\n")));
  }

  private static Stream<String> moments(ScheduledCommand command) {
    DayOfWeek day = command.moments().day();
    String weekday = day == null ? "" : key("Weekday") + integer(CalendarTimes.number(day));
    List<String> minutes =
        command.moments().minutes().stream()
            .map(minute -> key("Minute") + integer(minute) + weekday)
            .toList();
    List<Integer> hours = command.moments().hours();
    Stream<String> all =
        hours.isEmpty()
            ? minutes.stream()
            : hours.stream()
                .flatMap(hour -> minutes.stream().map(each -> key("Hour") + integer(hour) + each));
    return all.map(moment -> "<dict>" + moment + "</dict>");
  }

  private static String key(String text) {
    return "<key>" + Quoting.xml(text) + "</key>";
  }

  private static String string(String text) {
    return "<string>" + Quoting.xml(text) + "</string>";
  }

  private static String integer(int number) {
    return "<integer>" + number + "</integer>";
  }
}
