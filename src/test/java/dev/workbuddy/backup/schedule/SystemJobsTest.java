package dev.workbuddy.backup.schedule;

import static dev.workbuddy.backup.schedule.SchedulerMachine.NASTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Property lists of launchd, and machines that cannot be given jobs. */
class SystemJobsTest {
  @TempDir private Path directory;
  private SchedulerMachine machine;

  @BeforeEach
  void lay() throws Exception {
    machine = new SchedulerMachine(directory);
  }

  @Test
  void plan_launchd_isAPropertyListWithEveryWord() throws Exception {
    Tools.require("python3");
    machine.program("launchctl", "#!/bin/sh\n");
    SchedulePlan plan = machine.jobs("Mac OS X", "me", 240).plan();
    String data = "/data/" + NASTY;
    assertThat(plan.files()).hasSize(2);
    assertThat(propertyList(plan.files().getFirst()))
        .containsExactly(
            "now",
            "--quiet",
            "--config-dir",
            machine.configDir.toString(),
            data,
            "[0, 4, 8, 12, 16, 20]",
            "[]");
    assertThat(propertyList(plan.files().getLast()))
        .containsExactly(
            "drill",
            "--or-local",
            "--quiet",
            "--config-dir",
            machine.configDir.toString(),
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
    machine.environment.put("PATH", directory.toString());
    assertThatThrownBy(() -> machine.jobs("Linux", "me", 60).plan())
        .isInstanceOfSatisfying(
            BackupException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SCHEDULER_UNAVAILABLE);
              assertThat(e.hint()).contains("wb-backup sidecar");
            });
  }

  @Test
  void plan_pathWithANewline_isRefused() throws Exception {
    Path workspace = Files.createDirectory(directory.resolve("a\nb"));
    assertThatThrownBy(() -> machine.jobs("Linux", "me", 60, workspace))
        .hasMessageContaining("control character");
  }
}
