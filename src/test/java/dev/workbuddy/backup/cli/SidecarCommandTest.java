package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The sidecar as a process of its own. */
class SidecarCommandTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path directory;
  private final StringBuilder heard = new StringBuilder();
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup");
    Files.createDirectory(cli.backups());
  }

  /** A job that is to be caught up at once. */
  private void overdue(String job, String settings) throws Exception {
    Path jobs = Files.createDirectories(directory.resolve("sidecar_jobs"));
    Files.writeString(
        jobs.resolve(job + ".md"), "---\nschedule: \"0 0 1 1 *\"\n" + settings + "\n---\n");
    Map<String, JobState> states = new HashMap<>(JobStates.read(cli.backups()).jobs());
    states.put(job, JobState.seen("0 0 1 1 *", LONG_AGO));
    new JobStates(states, List.of()).write(cli.backups());
  }

  private Companion sidecar() throws Exception {
    return Companion.java(Main.class, "sidecar", "--config-dir", directory);
  }

  private void awaitEnd(Companion sidecar, String end) throws Exception {
    String line;
    do {
      line = sidecar.hear();
      heard.append(line).append('\n');
    } while (!line.endsWith(end));
  }

  /** Waits until each of these was said, in whatever order. */
  private void awaitEnds(Companion sidecar, String... words) throws Exception {
    while (!List.of(words).stream().allMatch(heard.toString()::contains)) {
      heard.append(sidecar.hear()).append('\n');
    }
  }

  private JobState state(String job) {
    return Objects.requireNonNull(JobStates.read(cli.backups()).jobs().get(job));
  }

  @Test
  void sidecar_missedRun_isCaughtUpAndASecondSidecarIsRefused() throws Exception {
    overdue("backup", "capability: data_backup\nparams: { manual: true }");
    try (Companion sidecar = sidecar()) {
      awaitEnd(sidecar, "backup: done");

      assertThat(Listing.of(cli.backups())).anyMatch(name -> name.endsWith("-manual"));
      assertThat(state("backup").status()).isEqualTo("done");
      SidecarPidFile pidFile = SidecarPidFile.read(cli.backups()).orElseThrow();
      assertThat(pidFile.process().pid()).isEqualTo(sidecar.pid());
      assertThat(pidFile.process().state()).isEqualTo(ProcessIdentity.State.ALIVE);
      assertThat(cli.ok("schedule", "status").out()).contains("sidecar: pid " + sidecar.pid());

      try (Companion second = sidecar()) {
        assertThat(second.hearAll())
            .contains("cannot run the sidecar")
            .contains("pid " + sidecar.pid())
            .endsWith("exit 6");
      }
      sidecar.terminate();
      assertThat(sidecar.hearAll()).endsWith("exit 143");
    }
    assertThat(SidecarPidFile.read(cli.backups())).isEmpty();
  }

  @Test
  void sidecar_killed_leavesAMarkThatIsKnownToBeStale() throws Exception {
    overdue("list", "capability: data_backup_list\nparams: { remote: false }");
    try (Companion sidecar = sidecar()) {
      awaitEnd(sidecar, "list: done");
      sidecar.kill();
    }
    SidecarPidFile pidFile = SidecarPidFile.read(cli.backups()).orElseThrow();
    assertThat(pidFile.process().state()).isEqualTo(ProcessIdentity.State.GONE);
    assertThat(cli.ok("schedule", "status").out()).doesNotContain("sidecar: pid");
    try (Companion next = sidecar()) {
      awaitEnd(next, "list (0 0 1 1 *)");
      next.terminate();
      assertThat(next.hearAll()).endsWith("exit 143");
    }
  }

  @Test
  void sidecar_unusableJobs_areNamedAndTheOthersRun() throws Exception {
    overdue("backup", "capability: data_backup\nparams: { manual: false, push: false }");
    overdue("unknown", "capability: data_bakup");
    overdue("wrong", "capability: data_backup\nparams: { manul: true }");
    overdue("shape", "capability: data_backup\nparams: { manual: 3 }");
    try (Companion sidecar = sidecar()) {
      awaitEnd(sidecar, "backup: done");
      sidecar.terminate();
      assertThat(sidecar.hearAll()).endsWith("exit 143");
    }
    assertThat(state("unknown").status()).isNull();
    assertThat(heard)
        .contains("unknown.md: ")
        .contains("data_bakup")
        .contains("wrong.md: ")
        .contains("manul")
        .contains("shape.md: ")
        .contains("manual");
  }

  @Test
  void sidecar_noConfiguration_is2() throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), "backups: {");
    try (Companion refused = sidecar()) {
      assertThat(refused.hearAll()).contains("config.local.yaml:").endsWith("exit 2");
    }
  }

  @Test
  void sidecar_jobsInTrouble_showInDoctorAndStatusUntilTheyAreMended() throws Exception {
    overdue("backup", "capability: data_backup");
    overdue("lost", "capability: data_backup_show\nparams: { snapshot_id: snap-2001 }");
    overdue("back", "capability: data_restore\nparams: { snapshot_id: latest, force: true }");
    overdue("plan", "capability: data_prune\nparams: { dry_run: true }");
    overdue("unknown", "capability: data_bakup");
    Files.writeString(directory.resolve("sidecar_jobs/broken.md"), "---\nschedule: [\n---\n");
    try (Companion sidecar = sidecar()) {
      awaitEnds(sidecar, "backup: done", "lost: failed", "plan: done");

      assertThat(heard).contains("back.md: ").contains("data_restore replaces or deletes data");
      assertThat(cli.ok("schedule", "status").out())
          .contains("backup (0 0 1 1 *): last run done")
          .contains("lost (0 0 1 1 *): LAST RUN failed: ")
          .contains("CANNOT BE USED: back.md: capability: data_restore replaces")
          .contains("CANNOT BE USED: broken.md:")
          .contains("CANNOT BE USED: unknown.md:");
      var doctor = cli.run("doctor", "--cached");
      assertThat(doctor.out())
          .containsPattern("schedule +degraded +a job cannot be used: back.md: .*; and 3 more")
          .contains("schedule status");

      for (String bad : List.of("back", "unknown", "broken")) {
        Files.delete(directory.resolve("sidecar_jobs/" + bad + ".md"));
      }
      sidecar.kill();
    }
    overdue("second", "capability: data_backup_list\nparams: { remote: false }");
    try (Companion next = sidecar()) {
      awaitEnds(next, "second: done");
      next.terminate();
      assertThat(next.hearAll()).endsWith("exit 143");
    }
    JobStates left = JobStates.read(cli.backups());
    assertThat(left.problems()).isEmpty();
    new SidecarPidFile(ProcessIdentity.ofThisProcess(), "host", LONG_AGO).write(cli.backups());
    assertThat(cli.run("doctor", "--cached").out())
        .containsPattern("schedule +degraded +the job lost ended with failed, .* ago: ")
        .contains("snap-2001");
  }

  /** The clock of these commands is in March 2026. */
  @ParameterizedTest
  @CsvSource({"2026-03-04T05:00:00Z, false", "2026-03-02T05:00:00Z, true"})
  void doctor_jobThatHasRunForMoreThanADay_isTold(Instant begun, boolean told) throws Exception {
    cli.ok("now");
    new SidecarPidFile(ProcessIdentity.ofThisProcess(), "host", begun).write(cli.backups());
    JobState endless = JobState.seen("0 * * * *", begun).started(begun);
    new JobStates(Map.of("mirror", endless), List.of()).write(cli.backups());

    String out = cli.run("doctor", "--cached").out();

    assertThat(out.contains("the job mirror began 2 days ago and has not ended")).isEqualTo(told);
    assertThat(out.contains("start the sidecar again")).isEqualTo(told);
  }

  @Test
  @Timeout(120)
  void sidecar_terminatedWhileASnapshotIsTaken_recordsThatAndRunsTheOtherHook() throws Exception {
    Tools.require("mkfifo", "sh");
    Path pipe = directory.resolve("pipe");
    Tools.run(directory, List.of("mkfifo", pipe.toString()));
    Files.writeString(
        directory.resolve("config.local.yaml"),
        """
        backups:
          hooks:
            before_snapshot: [sh, -c, "echo $$ >'%s'; exec sleep 600"]
            after_snapshot: [sh, -c, "sleep 1; echo $WB_BACKUP_ERROR_CODE >>resumed"]
        """
            .formatted(pipe));
    overdue("backup", "capability: data_backup");
    ProcessHandle hook;
    try (Companion sidecar = sidecar()) {
      hook = ProcessHandle.of(Long.parseLong(Files.readString(pipe).strip())).orElseThrow();
      sidecar.terminate();
      assertThat(sidecar.hearAll()).endsWith("exit 143");
    }
    hook.onExit().join();
    assertThat(Files.readString(directory.resolve("resumed"))).isEqualTo("interrupted\n");
    assertThat(state("backup").status()).isEqualTo("interrupted");
    JsonNode run = Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
    assertThat(run.path("state").asString()).isEqualTo("failed");
    assertThat(run.path("error").path("code").asString()).isEqualTo("interrupted");
    assertThat(SidecarPidFile.read(cli.backups())).isEmpty();
    try (Companion doctor =
        Companion.java(Main.class, "doctor", "--cached", "--config-dir", directory)) {
      assertThat(doctor.hearAll()).contains("the last run failed").endsWith("exit 1");
    }
    Files.delete(directory.resolve("config.local.yaml"));
    cli.ok("now");
  }
}
