package dev.workbuddy.backup.schedule;

import static dev.workbuddy.backup.schedule.SchedulerMachine.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the real crontab, on a spool of its own. */
class CrontabJobsTest {
  @TempDir private Path directory;
  private SchedulerMachine machine;

  @BeforeEach
  void lay() throws Exception {
    machine = new SchedulerMachine(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MAILTO=me\n# mine\n5 * * * * echo \\%hello\n"})
  void install_cron_leavesOtherLinesAloneAndComesOffAgain(String others) throws Exception {
    machine.withCrontab();
    if (!others.isEmpty()) {
      machine.setCrontab(others);
    }
    SystemJobs jobs = machine.jobs("Linux", System.getProperty("user.name"), 60);

    jobs.install();
    String once = machine.crontab();
    jobs.install();
    machine.jobs("Linux", System.getProperty("user.name"), 15).install();
    jobs.install();

    assertThat(machine.crontab())
        .isEqualTo(once)
        .startsWith(others)
        .hasLineCount(lines(others) + 6);
    assertThat(jobs.installed(NOW).getFirst().by()).isEqualTo("cron");
    runAsCronDoes(once, "'now'");
    machine.assertArrived("now", "--quiet");
    runAsCronDoes(once, "'drill'");
    machine.assertArrived("drill", "--or-local", "--quiet");

    assertThat(jobs.uninstall(NOW)).hasSize(2);
    if (!others.isEmpty()) {
      assertThat(machine.crontab()).isEqualTo(others);
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
    machine.withCrontab();
    SystemJobs jobs = machine.jobs("Linux", System.getProperty("user.name"), 60);
    jobs.install();
    String both = machine.crontab();
    String mine = "7 7 * * * echo mine\n";
    machine.setCrontab(both.substring(0, both.indexOf("\n# begin", 1) + 1) + mine);
    assertThat(SystemJobs.missing(jobs.installed(NOW))).containsExactly(RegularJob.DRILL);

    jobs.install();

    assertThat(machine.crontab()).isEqualTo(mine + both);
  }

  @Test
  void install_crontabDamaged_isRefusedAndLeftAlone() throws Exception {
    machine.withCrontab();
    SystemJobs jobs = machine.jobs("Linux", System.getProperty("user.name"), 60);
    jobs.install();
    String cut = machine.crontab().replaceAll("# end .*\n", "");
    machine.setCrontab(cut);

    assertThatThrownBy(jobs::install).hasMessageContaining("the crontab has the mark");
    assertThat(machine.crontab()).isEqualTo(cut);
  }

  @Test
  void install_systemdAppearedLater_theCrontabLetsGo() throws Exception {
    machine.withCrontab();
    machine.jobs("Linux", "me", 60).install();
    machine.withSystemd();

    machine.jobs("Linux", "me", 60).install();

    assertThat(machine.jobs("Linux", "me", 60).installed(NOW))
        .extracting(InstalledJob::by)
        .containsExactly("systemd", "systemd");
  }
}
