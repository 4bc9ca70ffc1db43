package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import dev.workbuddy.backup.testing.github.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A run that is killed shows in {@code doctor} at once, and the next one makes up for it. */
@Timeout(240)
class KilledNowTest {
  private static final String KILLED = "exit 137";
  private static final String FIRST = "2026-03-04T00:00:00Z";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private CommandLineFixture cli;

  @BeforeEach
  void machine() throws Exception {
    Tools.require("kill", "sh", "mkfifo", "true");
    cli = new CommandLineFixture(directory).withDatabases();
    cli.set("PATH", System.getenv("PATH"));
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup/wb-backup");
    Files.createDirectories(cli.backups());
    new SidecarPidFile(ProcessIdentity.ofThisProcess(), "host", Instant.parse(FIRST))
        .write(cli.backups());
  }

  private void local(String text) throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), text);
  }

  private Companion now(String time, int moment, String... variables) throws Exception {
    List<Object> arguments = new ArrayList<>(List.of(directory, time, moment));
    arguments.addAll(List.of(variables));
    return Companion.java(KilledNow.class, arguments.toArray());
  }

  private String record() throws Exception {
    return Files.readString(cli.backups().resolve("last_run.json"));
  }

  private JsonNode lastRun() throws Exception {
    return Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
  }

  /** What {@code doctor} says of a run whose process is gone; the answer is the run's phase. */
  private String assertKilledSaysDoctor() throws Exception {
    String phase = lastRun().path("phase").asString();
    var ran = cli.run("doctor", "--cached");
    assertThat(ran.exitCode()).as(ran.out()).isEqualTo(1);
    assertThat(ran.out())
        .startsWith("Backups: something does not work")
        .contains("local_snapshots")
        .contains("was killed, or the machine went down, in the phase " + phase);
    return phase;
  }

  /** None where the run had not begun, and changed nothing, or was done but for its last words. */
  private Optional<String> phaseAfterKill(String before, List<String> there) throws Exception {
    if (record().equals(before)) {
      assertThat(Listing.of(cli.backups())).as("before the run began").isEqualTo(there);
      return Optional.empty();
    }
    if (lastRun().path("state").asString().equals("running")) {
      return Optional.of(assertKilledSaysDoctor());
    }
    assertThat(lastRun().path("state").asString()).as("all was done").isEqualTo("done");
    assertThat(cli.run("doctor", "--cached").out()).doesNotContain("killed");
    return Optional.empty();
  }

  private void assertConverges(Path copies) throws Exception {
    String id =
        Json.parse(cli.ok("now", "--json").out().getBytes(UTF_8)).path("snapshot_id").asString();
    assertThat(lastRun().path("state").asString()).isEqualTo("done");
    assertThat(Listing.of(cli.backups())).noneMatch(name -> name.contains(".partial"));
    if (Files.isDirectory(copies)) {
      assertThat(Listing.of(copies)).anyMatch(name -> name.contains(id));
      assertThat(Listing.of(copies)).noneMatch(name -> name.contains(".partial"));
    }
    cli.ok("verify", "--all");
    assertThat(cli.run("doctor", "--cached").out())
        .doesNotContain("killed")
        .containsPattern("local_snapshots +ok");
  }

  @Test
  void now_killedInEachPhase_isAFailedRunAndTheNextConverges() throws Exception {
    Path copies = Files.createDirectory(elsewhere.resolve("copies"));
    local(
        """
        backups:
          directory: { path: '%s' }
          hooks: { before_snapshot: ["true"], after_snapshot: ["true"] }
        """
            .formatted(copies));
    try (Companion first = now(FIRST, 0)) {
      assertThat(first.hearAll()).isEqualTo("exit 0");
    }
    Set<String> phases = new TreeSet<>();
    String end = KILLED;
    for (int moment = 1; end.equals(KILLED); moment += 2) {
      String before = record();
      List<String> there = Listing.of(cli.backups());
      String time = Instant.parse(FIRST).plusSeconds(60L * moment).toString();
      try (Companion child = now(time, moment)) {
        end = child.hearAll();
      }
      if (end.equals(KILLED)) {
        phaseAfterKill(before, there).ifPresent(phases::add);
      }
    }
    assertThat(end).isEqualTo("exit 0");
    assertThat(phases)
        .containsExactlyInAnyOrder(
            "prepare",
            "before_snapshot",
            "freeze",
            "copy",
            "guard",
            "finish",
            "publish",
            "sweep",
            "after_snapshot",
            "push");
    assertConverges(copies);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before_snapshot", "after_snapshot"})
  void now_killedWhileAHookRuns_isAFailedRunAndTheNextConverges(String hook) throws Exception {
    Path pipe = elsewhere.resolve("pipe");
    Tools.run(elsewhere, List.of("mkfifo", pipe.toString()));
    local(
        "backups: { hooks: { %s: [sh, -c, \"echo $$ >'%s'; exec sleep 600\"] } }"
            .formatted(hook, pipe));
    ProcessHandle orphan;
    try (Companion run = now(FIRST, 0)) {
      orphan = ProcessHandle.of(Long.parseLong(Files.readString(pipe).strip())).orElseThrow();
      assertThat(cli.run("doctor", "--cached").out()).doesNotContain("killed");
      run.kill();
    }
    try {
      assertThat(assertKilledSaysDoctor()).isEqualTo(hook);
      assertThat(cli.ok("schedule", "status").out())
          .contains("Last run: failed at " + FIRST + ": the run that began at");
      local("backups: {}");
      assertConverges(elsewhere.resolve("none"));
    } finally {
      orphan.destroyForcibly();
    }
  }

  @Test
  void now_killedWhileGhUploads_isAFailedRunAndTheNextPushesBoth() throws Exception {
    Tools.require("gh");
    try (GithubStandIn github =
        GithubStandIn.start(
            Files.createDirectory(elsewhere.resolve("github")),
            () -> Instant.parse("2026-03-04T06:00:00Z"))) {
      github.world().person("alice", "ghp_alice").repository("alice/data", true, true);
      local("backups: { namespace: laptop, github: { repo: alice/data } }");
      CountDownLatch uploading = new CountDownLatch(1);
      github.faults().next(Operation.UPLOAD_ASSET, new Fault.HangAfter(uploading::countDown));
      List<String> variables = new ArrayList<>();
      github
          .environment(elsewhere, "ghp_alice")
          .forEach(
              (name, value) -> {
                variables.addAll(List.of(name, value));
                cli.set(name, value);
              });
      try (Companion run = now(FIRST, 0, variables.toArray(String[]::new))) {
        uploading.await();
        run.kill();
      }
      github.faults().assertAllFired();

      assertThat(assertKilledSaysDoctor()).isEqualTo("push");
      var next = cli.ok("now");
      assertThat(next.out()).contains("github:alice/data: pushed 2 snapshots");
      assertThat(lastRun().path("state").asString()).isEqualTo("done");
      assertThat(cli.run("doctor", "--cached").out()).doesNotContain("killed");
    }
  }
}
