package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.SidecarMark;
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
    Map<String, JobState> states = new HashMap<>(JobStates.read(cli.backups()));
    states.put(job, JobState.seen("0 0 1 1 *", LONG_AGO));
    JobStates.write(cli.backups(), states);
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

  private JobState state(String job) {
    return Objects.requireNonNull(JobStates.read(cli.backups()).get(job));
  }

  @Test
  void sidecar_missedRun_isCaughtUpAndASecondSidecarIsRefused() throws Exception {
    overdue("backup", "capability: data_backup\nparams: { manual: true }");
    try (Companion sidecar = sidecar()) {
      awaitEnd(sidecar, "backup: done");

      assertThat(Listing.of(cli.backups())).anyMatch(name -> name.endsWith("-manual"));
      assertThat(state("backup").status()).isEqualTo("done");
      SidecarMark mark = SidecarMark.read(cli.backups()).orElseThrow();
      assertThat(mark.process().pid()).isEqualTo(sidecar.pid());
      assertThat(mark.process().state()).isEqualTo(ProcessIdentity.State.ALIVE);
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
    assertThat(SidecarMark.read(cli.backups())).isEmpty();
  }

  @Test
  void sidecar_killed_leavesAMarkThatIsKnownToBeStale() throws Exception {
    overdue("list", "capability: data_backup_list\nparams: { remote: false }");
    try (Companion sidecar = sidecar()) {
      awaitEnd(sidecar, "list: done");
      sidecar.kill();
    }
    SidecarMark mark = SidecarMark.read(cli.backups()).orElseThrow();
    assertThat(mark.process().state()).isEqualTo(ProcessIdentity.State.GONE);
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
  @Timeout(120)
  void sidecar_terminatedWhileAJobRuns_abandonsItCleanly() throws Exception {
    Tools.require("mkfifo", "python3");
    Path pipe = directory.resolve("pipe");
    Tools.run(directory, List.of("mkfifo", pipe.toString()));
    Files.writeString(
        directory.resolve("config.local.yaml"),
        """
        backups:
          databases:
            tasks:
              max_schema_version: 9
              migrate_command: [python3, -c, "import time; open('%s', 'w').write('x'); time.sleep(600)", "{db}"]
        """
            .formatted(pipe));
    overdue(
        "climb",
        "capability: migrate_run\nparams: { only: [tasks], snapshot: false, dry_run: false }");
    try (Companion sidecar = sidecar()) {
      awaitEnd(sidecar, "climb: started");
      assertThat(Files.readString(pipe)).isEqualTo("x");
      sidecar.terminate();
      assertThat(sidecar.hearAll()).endsWith("exit 143");
    }
    assertThat(state("climb").status()).isNotIn("done", "running");
    assertThat(SidecarMark.read(cli.backups())).isEmpty();
    Files.delete(directory.resolve("config.local.yaml"));
    cli.ok("now");
  }
}
