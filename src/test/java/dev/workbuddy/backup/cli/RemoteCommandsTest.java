package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Copies off the machine, from the command line alone. */
class RemoteCommandsTest extends RemoteCommandsScene {
  private JsonNode lastRun() throws Exception {
    return Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
  }

  @Test
  void now_directoryConfigured_leavesAProvenCopyAndSaysSo() throws Exception {
    configureDirectory();

    var ran = cli.ok("now");

    assertThat(ran.out()).contains(place() + ": pushed 1 snapshot").contains("holds 1 snapshot");
    assertThat(copies()).hasSize(1);
    JsonNode remote = lastRun().path("remotes").path(0);
    assertThat(remote.path("name").asString()).isEqualTo(place());
    assertThat(remote.path("status").asString()).isEqualTo("done");
    assertThat(remote.path("bytes").asLong()).isPositive();
    assertThat(Listing.of(cli.backups())).noneMatch(name -> name.contains("push.partial"));
  }

  @Test
  void now_noPush_leavesItForTheNextRunWhichCatchesUp() throws Exception {
    configureDirectory();
    cli.ok("now", "--no-push", "--manual");
    assertThat(copies()).isEmpty();

    cli.ok("now");

    assertThat(copies()).hasSize(2);
  }

  @Test
  void now_oneRemoteBroken_othersStillGetTheirCopyAndTheExitCodeIs5() throws Exception {
    Path programs = Files.createDirectory(directory.resolve("programs"));
    Path rclone = programs.resolve("rclone");
    Files.writeString(rclone, "#!/bin/sh\necho 'ERROR: 403 Forbidden' >&2\nexit 1\n");
    assertThat(rclone.toFile().setExecutable(true)).isTrue();
    cli.set("PATH", programs.toString());
    configure("rclone: { remote: 'nas:x' }, directory: { path: \"%s\" }".formatted(disk));

    var ran = cli.run("now");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out())
        .contains("NOT PUSHED to rclone:nas:x")
        .contains("403 Forbidden")
        .contains(place() + ": pushed 1 snapshot");
    assertThat(copies()).hasSize(1);
    assertThat(lastRun().path("state").asString()).isEqualTo("incomplete");
    assertThat(lastRun().path("last_good_snapshot_id").asString()).startsWith("snap-");
    JsonNode broken = lastRun().path("remotes").path(0);
    assertThat(broken.path("fault").asString()).isEqualTo("forbidden");
    assertThat(broken.path("waiting").asInt()).isZero();
  }

  @Test
  void now_diskNotMounted_isToldAndNothingIsWrittenThere() throws Exception {
    configure("directory: { path: \"%s\", marker: .mounted }".formatted(disk));

    var ran = cli.run("now");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("does not hold .mounted").contains("Mount its disk");
    assertThat(disk).isEmptyDirectory();
    assertThat(cli.ok("list", "--quiet").exitCode()).isZero();
  }

  @Test
  void push_byHandAfterARunThatCouldNot_countsForDoctor() throws Exception {
    configure("directory: { path: \"%s\", marker: .mounted }".formatted(disk));
    assertThat(cli.run("now").exitCode()).isEqualTo(5);
    assertThat(cli.run("doctor").out()).contains("the last push did not work");
    Files.createFile(disk.resolve(".mounted"));

    cli.ok("push", "latest");

    assertThat(cli.run("doctor").out()).doesNotContain("the last push did not work");
  }

  @Test
  void push_allMissing_bringsEveryRemoteUpToDate() throws Exception {
    for (int i = 0; i < 8; i++) {
      cli.ok("now", "--manual");
    }
    configureDirectory();

    var caughtUp = cli.ok("now", "--manual");
    assertThat(caughtUp.out()).contains("pushed 6 snapshots").contains("3 snapshots still to be");
    cli.ok("push", "--all-missing");

    assertThat(copies()).hasSize(9);
    assertThat(cli.ok("push", "latest").out()).contains("pushed 0 snapshots (0 B)");
  }

  @Test
  void push_nothingConfiguredOrNothingNamed_is2() {
    assertThat(cli.run("push", "latest").exitCode()).isEqualTo(2);
    assertThat(cli.run("push").exitCode()).isEqualTo(2);
    assertThat(cli.run("push", "latest", "--all-missing").exitCode()).isEqualTo(2);
  }

  @Test
  void list_remoteBroken_showsTheRestAndIs5() throws Exception {
    cli.ok("now");
    configure("directory: { path: \"%s\" }".formatted(disk.resolve("absent")));

    var ran = cli.run("list", "--remote");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("snap-").contains("absent is not there");
  }
}
