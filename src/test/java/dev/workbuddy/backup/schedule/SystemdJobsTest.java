package dev.workbuddy.backup.schedule;

import static dev.workbuddy.backup.schedule.SchedulerMachine.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units of systemd, checked by its own checker. */
class SystemdJobsTest {
  @TempDir private Path directory;
  private SchedulerMachine machine;

  @BeforeEach
  void lay() throws Exception {
    machine = new SchedulerMachine(directory);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 60, 240, 1_440})
  void plan_systemd_isWhatItsOwnCheckerAccepts(int cadence) throws Exception {
    Tools.require("systemd-analyze");
    machine.withSystemd();
    SchedulePlan plan = machine.jobs("Linux", "me", cadence).plan();

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
    machine.withSystemd();
    assertThat(verified(machine.jobs("Linux", "root", 60).plan(), "--system"))
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
    machine.withSystemd();
    String service = machine.jobs("Linux", "me", 60).plan().files().getFirst().text();

    assertThat(service)
        .contains("100%% $$HOME")
        .contains("%%h\"")
        .contains("Environment=\"WORK_BUDDY_DATA_DIR=/data/my 100%% $HOME")
        .doesNotContain("User=");
  }

  @Test
  void install_systemd_isIdempotentAndComesOffAgain() throws Exception {
    machine.withSystemd();
    SystemJobs jobs = machine.jobs("Linux", "me", 60);
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
    assertThat(machine.jobs("Linux", "me", 15).installed(NOW).getFirst().state())
        .isEqualTo(InstalledJob.State.OUTDATED);

    assertThat(jobs.uninstall(NOW)).hasSize(2);
    assertThat(jobs.uninstall(NOW)).isEmpty();
    try (var left = Files.list(units)) {
      assertThat(left).containsExactly(other);
    }
  }

  @Test
  void install_onlyTheSnapshotIsInstalled_addsTheDrill() throws Exception {
    machine.withSystemd();
    SystemJobs jobs = machine.jobs("Linux", "me", 60);
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
    machine.withSystemd();
    machine.program("systemctl", "#!/bin/sh\necho no bus >&2\nexit 1\n");
    assertThatThrownBy(() -> machine.jobs("Linux", "me", 60).install())
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_FAILED);
              assertThat(e.text()).contains("systemctl --user daemon-reload").contains("no bus");
            });
    assertThat(machine.jobs("Linux", "me", 60).installed(NOW).getFirst().state())
        .isEqualTo(InstalledJob.State.INACTIVE);
  }
}
