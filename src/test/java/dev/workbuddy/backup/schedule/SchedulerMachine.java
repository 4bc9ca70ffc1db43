package dev.workbuddy.backup.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine with the schedulers that a test gives it, and with a workspace whose names are as odd
 * as names may be. No crontab of anybody is touched.
 */
final class SchedulerMachine {
  static final Instant NOW = Instant.parse("2026-05-06T12:00:00Z");
  static final String NASTY = "my 100% $HOME `app` \"x\" 'y' \\z %h";

  final Path directory;
  final Path configDir;
  final Map<String, String> environment = new HashMap<>();
  private final Path said;
  private final Path launcher;

  /**
   * Without any scheduler.
   *
   * @param directory an empty one, for all of it
   */
  SchedulerMachine(Path directory) throws Exception {
    this.directory = directory;
    configDir = Files.createDirectory(directory.resolve(NASTY));
    said = directory.resolve("said");
    launcher = program(Files.createDirectory(directory.resolve("a $b%c")), "wb-backup", echo());
    environment.put("PATH", bin() + ":" + System.getenv("PATH"));
    environment.put("WORK_BUDDY_DATA_DIR", "/data/" + NASTY);
  }

  /** A script that writes down its arguments and a variable. */
  private String echo() {
    return "#!/bin/sh\nfor word in \"$@\" \"$WORK_BUDDY_DATA_DIR\"; do echo \"$word\"; done >'%s'\n"
        .formatted(said);
  }

  Path bin() throws Exception {
    return Files.createDirectories(directory.resolve("bin"));
  }

  /** Puts a script on the PATH of this machine. */
  void program(String name, String script) throws Exception {
    program(bin(), name, script);
  }

  private static Path program(Path directory, String name, String script) throws Exception {
    Path file = Files.writeString(directory.resolve(name), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  SystemJobs jobs(String system, String user, int cadence) {
    return jobs(system, user, cadence, configDir);
  }

  SystemJobs jobs(String system, String user, int cadence, Path workspace) {
    ScheduleHost host =
        new ScheduleHost(environment, directory.resolve("home"), user, system, directory);
    return new SystemJobs(
        host,
        List.of(launcher.toString()),
        workspace,
        null,
        Duration.ofMinutes(cadence),
        ZoneOffset.UTC);
  }

  /** What a job must say when it is started: every word as it was. */
  void assertArrived(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--config-dir", configDir.toString(), "/data/" + NASTY));
    assertThat(Files.readAllLines(said)).containsExactlyElementsOf(words);
  }

  void withSystemd() throws Exception {
    Files.createDirectories(directory.resolve("run/systemd/system"));
    Files.createDirectories(directory.resolve("session/systemd"));
    environment.put("XDG_RUNTIME_DIR", directory.resolve("session").toString());
    program("systemctl", "#!/bin/sh\necho \"$@\" >>'%s/calls'\n".formatted(directory));
  }

  /** The real crontab on a spool of its own. */
  void withCrontab() throws Exception {
    Tools.require("crontab", "unshare");
    Path spool = Files.createDirectory(directory.resolve("spool"));
    program(
        "crontab",
        """
        #!/bin/sh
        exec unshare -m sh -c 'mount --bind "$0" /var/spool/cron/crontabs && exec /usr/bin/crontab "$@"' '%s' "$@"
        """
            .formatted(spool));
    Process probe =
        new ProcessBuilder(bin().resolve("crontab").toString(), "-l")
            .redirectErrorStream(true)
            .start();
    String answer = new String(probe.getInputStream().readAllBytes(), UTF_8);
    Tools.requirePermission(
        answer.contains("no crontab for"), "crontab cannot be given a spool of its own: " + answer);
  }

  String crontab() throws Exception {
    return Tools.run(directory, List.of(bin().resolve("crontab").toString(), "-l"));
  }

  void setCrontab(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("table"), text);
    Tools.run(directory, List.of(bin().resolve("crontab").toString(), file.toString()));
  }
}
