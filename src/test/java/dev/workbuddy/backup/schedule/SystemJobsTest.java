package dev.workbuddy.backup.schedule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs of the system, checked by the programs that read them; no crontab of anybody is touched. */
class SystemJobsTest {
  private static final Instant NOW = Instant.parse("2026-05-06T12:00:00Z");
  private static final String NASTY = "my 100% $HOME `app` \"x\" 'y' \\z %h";

  @TempDir private Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Path configDir = Path.of("/");
  private Path launcher = Path.of("/");
  private Path said = Path.of("/");

  @BeforeEach
  void lay() throws Exception {
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

  private Path bin() throws Exception {
    return Files.createDirectories(directory.resolve("bin"));
  }

  private static Path program(Path directory, String name, String script) throws Exception {
    Path file = Files.writeString(directory.resolve(name), script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private SystemJobs jobs(String system, String user, int cadence) {
    ScheduleHost host =
        new ScheduleHost(environment, directory.resolve("home"), user, system, directory);
    return new SystemJobs(
        host,
        List.of(launcher.toString()),
        configDir,
        null,
        Duration.ofMinutes(cadence),
        ZoneOffset.UTC);
  }

  /** What a job must say when it is started: every word as it was. */
  private void assertArrived(String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--config-dir", configDir.toString(), "/data/" + NASTY));
    assertThat(Files.readAllLines(said)).containsExactlyElementsOf(words);
  }

  private void withSystemd() throws Exception {
    Files.createDirectories(directory.resolve("run/systemd/system"));
    Files.createDirectories(directory.resolve("session/systemd"));
    environment.put("XDG_RUNTIME_DIR", directory.resolve("session").toString());
    program(bin(), "systemctl", "#!/bin/sh\necho \"$@\" >>'%s/calls'\n".formatted(directory));
  }

  /** The real crontab on a spool of its own. */
  private void withCrontab() throws Exception {
    Tools.require("crontab", "unshare");
    Path spool = Files.createDirectory(directory.resolve("spool"));
    program(
        bin(),
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

  private String crontab() throws Exception {
    return Tools.run(directory, List.of(bin().resolve("crontab").toString(), "-l"));
  }

  private void setCrontab(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("table"), text);
    Tools.run(directory, List.of(bin().resolve("crontab").toString(), file.toString()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 60, 240, 1_440})
  void plan_systemd_isWhatItsOwnCheckerAccepts(int cadence) throws Exception {
    Tools.require("systemd-analyze");
    withSystemd();
    SchedulePlan plan = jobs("Linux", "me", cadence).plan();

    assertThat(verified(plan, "--user")).hasSize(4);
    assertThat(plan.notes().getFirst()).contains("enable-linger");
    for (String calendar : calendars(plan)) {
      assertThat(
              Tools.run(
                  directory, List.of("systemd-analyze", "calendar", "--iterations=2", calendar)))
          .contains("Normalized form")
          .contains("Iter. #2");
    }
    assertThat(calendars(plan)).hasSize(2).last().asString().startsWith("Sun *-*-* 04:");
  }

  @Test
  void plan_systemdAsRoot_isWhatItsOwnCheckerAccepts() throws Exception {
    Tools.require("systemd-analyze");
    withSystemd();
    assertThat(verified(jobs("Linux", "root", 60).plan(), "--system"))
        .hasSize(4)
        .allMatch(file -> file.startsWith(directory.resolve("etc/systemd/system")));
  }

  /** Every file of a plan, after systemd's own checker had nothing to say against any. */
  private List<Path> verified(SchedulePlan plan, String whose) throws Exception {
    List<Path> files = plan.files().stream().map(SchedulePlan.PlannedFile::path).toList();
    for (SchedulePlan.PlannedFile file : plan.files()) {
      Files.createDirectories(file.path().resolveSibling("."));
      Files.writeString(file.path(), file.text());
    }
    for (Path file : files) {
      assertThat(
              Tools.run(
                  directory,
                  List.of(
                      "env",
                      "XDG_RUNTIME_DIR=" + directory.resolve("session"),
                      "systemd-analyze",
                      whose,
                      "verify",
                      file.toString())))
          .isEmpty();
    }
    return files;
  }

  private static List<String> calendars(SchedulePlan plan) {
    return plan.files().stream()
        .flatMap(file -> file.text().lines())
        .filter(line -> line.startsWith("OnCalendar="))
        .map(line -> line.substring("OnCalendar=".length()))
        .toList();
  }

  @Test
  void plan_systemd_wordsArriveAsTheyWere() throws Exception {
    Tools.require("systemd-analyze");
    withSystemd();
    String service = jobs("Linux", "me", 60).plan().files().getFirst().text();

    assertThat(service)
        .contains("100%% $$HOME")
        .contains("%%h\"")
        .contains("Environment=\"WORK_BUDDY_DATA_DIR=/data/my 100%% $HOME")
        .doesNotContain("User=");
  }

  @Test
  void install_systemd_isIdempotentAndComesOffAgain() throws Exception {
    withSystemd();
    SystemJobs jobs = jobs("Linux", "me", 60);
    Path units = directory.resolve("home/.config/systemd/user");
    Files.createDirectories(units);
    Path other = Files.writeString(units.resolve("other.timer"), "[Timer]\n");

    jobs.install();
    jobs.install();

    List<InstalledJob> installed = jobs.installed(NOW);
    assertThat(installed)
        .extracting(InstalledJob::job)
        .containsExactly(RegularJob.SNAPSHOT, RegularJob.DRILL);
    assertThat(installed).allMatch(job -> job.state() == InstalledJob.State.CURRENT);
    assertThat(installed.getFirst().next()).isBetween(NOW, NOW.plusSeconds(3_600));
    assertThat(installed.getLast().next())
        .isBetween(Instant.parse("2026-05-10T04:00:00Z"), Instant.parse("2026-05-10T05:00:00Z"));
    assertThat(Files.readString(directory.resolve("calls")))
        .contains("--user daemon-reload\n--user enable --now wb-backup-");
    assertThat(jobs("Linux", "me", 15).installed(NOW).getFirst().state())
        .isEqualTo(InstalledJob.State.OUTDATED);

    assertThat(jobs.uninstall(NOW)).hasSize(2);
    assertThat(jobs.uninstall(NOW)).isEmpty();
    try (var left = Files.list(units)) {
      assertThat(left).containsExactly(other);
    }
  }

  @Test
  void install_onlyTheSnapshotIsInstalled_addsTheDrill() throws Exception {
    withSystemd();
    SystemJobs jobs = jobs("Linux", "me", 60);
    assertThat(SystemJobs.missing(jobs.installed(NOW))).isEmpty();
    for (SchedulePlan.PlannedFile file : jobs.install().files()) {
      if (file.path().toString().contains("-drill.")) {
        Files.delete(file.path());
      }
    }
    assertThat(jobs.installed(NOW))
        .extracting(InstalledJob::job)
        .containsExactly(RegularJob.SNAPSHOT);
    assertThat(SystemJobs.missing(jobs.installed(NOW))).containsExactly(RegularJob.DRILL);

    jobs.install();

    assertThat(jobs.installed(NOW)).hasSize(2);
    assertThat(SystemJobs.missing(jobs.installed(NOW))).isEmpty();
  }

  @Test
  void install_systemctlFails_saysWhat() throws Exception {
    withSystemd();
    program(bin(), "systemctl", "#!/bin/sh\necho no bus >&2\nexit 1\n");
    assertThatThrownBy(() -> jobs("Linux", "me", 60).install())
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_FAILED);
              assertThat(e.text()).contains("systemctl --user daemon-reload").contains("no bus");
            });
    assertThat(jobs("Linux", "me", 60).installed(NOW).getFirst().state())
        .isEqualTo(InstalledJob.State.INACTIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MAILTO=me\n# mine\n5 * * * * echo \\%hello\n"})
  void install_cron_leavesOtherLinesAloneAndComesOffAgain(String others) throws Exception {
    withCrontab();
    if (!others.isEmpty()) {
      setCrontab(others);
    }
    SystemJobs jobs = jobs("Linux", System.getProperty("user.name"), 60);

    jobs.install();
    String once = crontab();
    jobs.install();
    jobs("Linux", System.getProperty("user.name"), 15).install();
    jobs.install();

    assertThat(crontab()).isEqualTo(once).startsWith(others).hasLineCount(lines(others) + 6);
    assertThat(jobs.installed(NOW).getFirst().by()).isEqualTo("cron");
    runAsCronDoes(once, "'now'");
    assertArrived("now", "--quiet");
    runAsCronDoes(once, "'drill'");
    assertArrived("drill", "--local", "--quiet");

    assertThat(jobs.uninstall(NOW)).hasSize(2);
    if (!others.isEmpty()) {
      assertThat(crontab()).isEqualTo(others);
    }
    assertThat(jobs.installed(NOW)).isEmpty();
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }

  /** Cron takes the backslash from in front of percent signs and hands the rest to a shell. */
  private void runAsCronDoes(String table, String word) throws Exception {
    String line =
        table
            .lines()
            .filter(each -> each.contains("--config-dir") && each.contains(word))
            .findFirst()
            .orElseThrow();
    String command = line.split(" ", 6)[5].replace("\\%", "%");
    Tools.run(directory, List.of("/bin/sh", "-c", command));
  }

  @Test
  void install_cronHasOnlyTheSnapshot_addsTheDrillAndTouchesNothingElse() throws Exception {
    withCrontab();
    SystemJobs jobs = jobs("Linux", System.getProperty("user.name"), 60);
    jobs.install();
    String both = crontab();
    String mine = "7 7 * * * echo mine\n";
    setCrontab(both.substring(0, both.indexOf("\n# begin", 1) + 1) + mine);
    assertThat(SystemJobs.missing(jobs.installed(NOW))).containsExactly(RegularJob.DRILL);

    jobs.install();

    assertThat(crontab()).isEqualTo(mine + both);
  }

  @Test
  void install_crontabDamaged_isRefusedAndLeftAlone() throws Exception {
    withCrontab();
    SystemJobs jobs = jobs("Linux", System.getProperty("user.name"), 60);
    jobs.install();
    String cut = crontab().replaceAll("# end .*\n", "");
    setCrontab(cut);

    assertThatThrownBy(jobs::install).hasMessageContaining("the crontab has the mark");
    assertThat(crontab()).isEqualTo(cut);
  }

  @Test
  void install_systemdAppearedLater_theCrontabLetsGo() throws Exception {
    withCrontab();
    jobs("Linux", "me", 60).install();
    withSystemd();

    jobs("Linux", "me", 60).install();

    assertThat(jobs("Linux", "me", 60).installed(NOW))
        .extracting(InstalledJob::by)
        .containsExactly("systemd", "systemd");
  }

  @Test
  void plan_launchd_isAPropertyListWithEveryWord() throws Exception {
    Tools.require("python3");
    program(bin(), "launchctl", "#!/bin/sh\n");
    SchedulePlan plan = jobs("Mac OS X", "me", 240).plan();
    String data = "/data/" + NASTY;
    assertThat(plan.files()).hasSize(2);
    assertThat(propertyList(plan.files().getFirst()))
        .containsExactly(
            "now",
            "--quiet",
            "--config-dir",
            configDir.toString(),
            data,
            "[0, 4, 8, 12, 16, 20]",
            "[]");
    assertThat(propertyList(plan.files().getLast()))
        .containsExactly(
            "drill",
            "--local",
            "--quiet",
            "--config-dir",
            configDir.toString(),
            data,
            "[4]",
            "[0]");
  }

  /** What Python's reader finds: the words, the data directory, hours and days of the week. */
  private List<String> propertyList(SchedulePlan.PlannedFile planned) throws Exception {
    Path file = Files.writeString(directory.resolve("agent.plist"), planned.text());
    return Tools.run(
            directory,
            List.of(
                "python3",
                "-c",
                """
                import plistlib, sys
                p = plistlib.load(open(sys.argv[1], 'rb'))
                print(*p['ProgramArguments'][1:], p['EnvironmentVariables']['WORK_BUDDY_DATA_DIR'], sep='\\n')
                print(sorted(each['Hour'] for each in p['StartCalendarInterval']))
                print([each['Weekday'] for each in p['StartCalendarInterval'] if 'Weekday' in each])
                """,
                file.toString()))
        .lines()
        .toList();
  }

  @Test
  void plan_noScheduler_saysWhatToDo() {
    environment.put("PATH", directory.toString());
    assertThatThrownBy(() -> jobs("Linux", "me", 60).plan())
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
              assertThat(e.hint()).contains("wb-backup sidecar");
            });
  }

  @Test
  void plan_pathWithANewline_isRefused() throws Exception {
    configDir = Files.createDirectory(directory.resolve("a\nb"));
    assertThatThrownBy(() -> jobs("Linux", "me", 60)).hasMessageContaining("control character");
  }
}
