package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code doctor} says. */
class DoctorTest extends DoctorScene {
  @Test
  void doctor_withoutGh_saysToInstallIt() {
    cli.set("PATH", elsewhere.resolve("empty").toString());

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertStates(
        ran.out(),
        "configuration ok",
        "local_snapshots ok",
        "data-root-writable ok",
        "databases-found ok 5 in",
        "github_backups unconfigured",
        "gh-cli-installed unconfigured the program gh is not on the PATH",
        "gh-authenticated blocked cannot be checked before gh-cli-installed is met",
        "repo-configured unconfigured backups.github.repo is not set");
    assertThat(ran.out())
        .contains("wb-backup doctor --fix gh-cli-installed")
        .contains("wb-backup doctor --prefer github_backups=unwanted")
        .contains("gh not installed");
    assertThat(github.seen()).isEmpty();
  }

  @Test
  void doctor_afterARestoreWasKilled_tidiesUpAndSaysSo() throws Exception {
    Path unpacked = cli.backups().resolveSibling("db.staging_2026-05-11T14-23-00-000Z");
    Files.createDirectories(unpacked);
    Files.createDirectories(cli.backups());

    assertThat(cli.run("doctor").err())
        .contains("removed what an interrupted restore had unpacked; the data is as it was");
    assertThat(unpacked).doesNotExist();
  }

  @Test
  void doctor_withGhButNoLogin_saysToLogIn() {
    withGh("ghp_nobody");

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertStates(
        ran.out(),
        "github_backups unconfigured",
        "gh-cli-installed ok",
        "gh-authenticated unconfigured cannot ask for the login in GitHub",
        "repo-configured unconfigured backups.github.repo is not set");
    assertThat(ran.out()).contains("wb-backup doctor --fix gh-authenticated");
  }

  @Test
  void doctor_withLoginButNoRepository_saysToChooseOne() {
    withGh(TOKEN);

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertStates(
        ran.out(),
        "github_backups unconfigured",
        "gh-cli-installed ok",
        "gh-authenticated ok as alice",
        "repo-configured unconfigured backups.github.repo is not set");
    assertThat(ran.out()).contains("wb-backup doctor --fix repo-configured");
  }

  @Test
  void doctor_complete_isWellAndRemembersItWithoutAskingAgain() throws Exception {
    github.world().repository("alice/data", true, true);
    local("backups: { github: { repo: alice/data } }");
    withGh(TOKEN).ok("now");
    cli.ok("drill");

    var ran = cli.run("doctor");

    assertThat(ran.out()).startsWith("Backups: all is well");
    assertThat(ran.exitCode()).isZero();
    assertStates(
        ran.out(), "github_backups ok", "gh-authenticated ok as alice", "repo-configured ok");
    int asked = github.seen().size();
    assertThat(cli.run("doctor", "--cached").exitCode()).isZero();
    assertThat(github.seen()).hasSize(asked);
  }

  @Test
  void doctor_brokenConfiguration_stillGivesATreeThatNamesIt() throws Exception {
    local("backups: { cadence_minute: 3 }");

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), "configuration blocked", "local_snapshots blocked");
    assertThat(ran.out()).contains("config.local.yaml:1").contains("cadence_minutes");
  }

  @Test
  void doctor_json_hasNodesEdgesAndWhatToDo() {
    cli.set("PATH", elsewhere.resolve("empty").toString());

    JsonNode document =
        Json.parse(cli.run("doctor", "--json").out().getBytes(StandardCharsets.UTF_8));

    assertThat(document.path("status").asString()).isEqualTo("incomplete");
    assertThat(document.path("state").asString()).isEqualTo("unconfigured");
    assertThat(document.path("nodes").valueStream().map(node -> node.path("id").asString()))
        .contains(
            "domain:backups",
            "component:github_backups",
            "requirement:gh-cli-installed",
            "capability:data_backup");
    assertThat(document.path("edges").valueStream().map(edge -> edge.path("from").asString()))
        .contains("component:github_backups", "capability:data_backup");
    assertThat(document.path("next").valueStream().map(step -> step.path("command").asString()))
        .contains("wb-backup doctor --fix gh-cli-installed");
  }

  @Test
  void doctor_fileIsNoDatabase_isNeverOk() throws Exception {
    Files.writeString(
        cli.live("projects.db"), "not a database, but long enough to be one".repeat(99));
    Files.write(cli.live("messages.db"), new byte[0]);

    assertStates(
        cli.run("doctor").out(),
        "databases-found degraded no SQLite database in the file of projects, messages");
  }

  @Test
  void doctor_componentIsNotSetUp_saysWhatItLacksAndNothingElse() throws Exception {
    cli.set("PATH", elsewhere.resolve("empty").toString());
    local("backups: { rclone: { remote: 'far:away' } }");

    assertStates(
        cli.run("doctor", "--cached").out(),
        "rclone_backups unconfigured rclone-reachable: the program rclone is not on the PATH");
    local("backups: {}");
    assertStates(
        cli.run("doctor", "--cached").out(),
        "github_backups unconfigured gh-cli-installed: the program gh is not on the PATH");
  }

  @Test
  void now_nobodyCouldBeTold_isSeenInQuietInTheRecordAndInDoctor() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    local(
        """
        backups:
          ping_url: http://127.0.0.1:%d/s3cret
          metrics_file: /nowhere/to/be/found/wb.prom
        """
            .formatted(port));

    var ran = cli.ok("now", "--quiet");

    String ping = "ping_url (http://127.0.0.1:%d/…) could not be notified".formatted(port);
    String metrics =
        "metrics_file could not be written: there is no directory /nowhere/to/be/found";
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("Warning: " + ping, "Warning: " + metrics);
    for (String file : List.of("last_run.json", "runs.jsonl")) {
      assertThat(cli.backups().resolve(file))
          .content()
          .contains(ping, metrics)
          .doesNotContain("s3cret");
    }
    String doctor = cli.run("doctor").out();
    assertStates(doctor, "local_snapshots degraded metrics_file could not be written");
    assertThat(doctor).contains("and 1 more").doesNotContain("s3cret");
    Files.delete(directory.resolve("config.local.yaml"));
    cli.ok("now");
    assertStates(cli.run("doctor").out(), "local_snapshots ok");
  }

  @Test
  void now_failsAndSoDoesTheHookForFailures_bothAreTold() throws Exception {
    local(
        """
        backups:
          hooks:
            before_snapshot: [sh, -c, "exit 3"]
            on_failure: [sh, -c, "echo no mail today; exit 9"]
        """);

    var ran = cli.run("now", "--quiet");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("the hook before_snapshot (sh) ended with exit code 3")
        .contains("Warning: the hook on_failure (sh) ended with exit code 9: no mail today");
    assertThat(cli.backups().resolve("last_run.json")).content().contains("no mail today");
    assertThat(cli.run("doctor").out())
        .containsPattern("being told +warning +the hook on_failure")
        .containsPattern("local_snapshots +blocked +the last run failed");
  }

  @Test
  void graph_printsTheShapeOfTheSettingsTab() throws Exception {
    var ran = cli.run("doctor", "--graph");

    var domain =
        Json.parse(ran.out().getBytes(StandardCharsets.UTF_8)).path("nodes").path("domain:backups");
    assertThat(ran.exitCode()).isEqualTo(cli.run("doctor").exitCode());
    assertThat(domain.path("kind").asString()).isEqualTo("domain");
    assertThat(domain.path("effective_state").asString()).isNotEmpty();
  }
}
