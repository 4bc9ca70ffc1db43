package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is swept where the copies are, and what is not. */
class RemoteRetentionTest extends RemoteCommandsScene {
  @Test
  void now_retentionOnTheRemote_followsTheSameRulesAndSparesHeldOnes() throws Exception {
    configure(
        "minimum_keep: 1, directory: { path: \"%s\" }, retention: { manual: 2, hourly: 1,"
                .formatted(disk)
            + " daily: 0, weekly: 0, monthly: 0, annual: 0 }");
    cli.ok("now", "--manual");
    cli.ok("hold", "latest", "--reason", "anchor");
    cli.ok("now", "--manual");
    cli.ok("now", "--manual");
    var last = cli.ok("now", "--manual");

    assertThat(last.out()).contains("swept 1 old snapshot");
    assertThat(copies()).hasSize(3);
    assertThat(cli.ok("list", "--remote").out()).contains("held: anchor").contains("laptop");

    String held = Path.of(copies().getFirst()).getName(1).toString();
    cli.ok("hold", held, "--release");
    assertThat(cli.ok("list", "--remote").out()).doesNotContain("held:");
  }

  /** Three manual snapshots there, of which the rules then keep one. */
  private void pushThreeThenKeepOne() throws Exception {
    configureDirectory();
    for (int i = 0; i < 3; i++) {
      cli.ok("now", "--manual");
    }
    configureKeepingOne(disk.toString());
  }

  private void configureKeepingOne(String path) throws Exception {
    configure(
        "minimum_keep: 1, directory: { path: \"%s\" }, retention: { manual: 1, hourly: 0,"
                .formatted(path)
            + " daily: 0, weekly: 0, monthly: 0, annual: 0 }");
  }

  private JsonNode prune(String... options) throws Exception {
    return Json.parse(cli.ok(options).out().getBytes(UTF_8)).path("remotes").path(0);
  }

  @Test
  void prune_remoteConfigured_dryRunShowsThePlanThatPruneExecutesThere() throws Exception {
    pushThreeThenKeepOne();
    cli.ok("hold", "latest", "--reason", "anchor");

    JsonNode planned = prune("prune", "--dry-run", "--json");
    assertThat(copies()).hasSize(3);
    JsonNode done = prune("prune", "--json");

    assertThat(planned.path("name").asString()).isEqualTo(place());
    assertThat(planned.path("decisions")).isEqualTo(done.path("decisions")).hasSize(3);
    assertThat(done.path("deleted")).hasSize(2);
    assertThat(copies()).hasSize(1);
    assertThat(cli.ok("list", "--remote").out()).contains("held: anchor");
  }

  @Test
  void prune_heldInTheRemote_staysThere() throws Exception {
    pushThreeThenKeepOne();
    String oldest = Path.of(copies().getFirst()).getName(1).toString();
    cli.ok("hold", oldest, "--reason", "anchor");

    cli.ok("prune");

    assertThat(copies()).hasSize(2).anyMatch(name -> name.contains(oldest));
  }

  @Test
  void prune_leftOfAKilledPush_isTidiedAndTold() throws Exception {
    configureDirectory();
    cli.ok("now");
    String left = "laptop/snap-2020-01-01T10-00-00Z.partial-2020-01-01T10-00-00Z-00000001";
    for (boolean json : new boolean[] {false, true}) {
      Files.createFile(Files.createDirectories(disk.resolve(left)).resolve("MANIFEST.json"));
      String words = "deleted %s: a push that was broken off".formatted(left);
      if (json) {
        assertThat(prune("prune", "--json").path("tidied").path(0).asString()).isEqualTo(words);
      } else {
        assertThat(cli.ok("prune").out()).contains("Tidied up: " + words);
      }
      assertThat(disk.resolve(left)).doesNotExist();
    }
  }

  @Test
  void prune_local_leavesTheRemoteAlone() throws Exception {
    pushThreeThenKeepOne();

    assertThat(cli.ok("prune", "--local").out()).contains("Deleted 2 snapshots");

    assertThat(copies()).hasSize(3);
  }

  @Test
  void prune_remoteNotThere_sweepsHereAndIs5() throws Exception {
    pushThreeThenKeepOne();
    configureKeepingOne(disk.resolve("unmounted").toString());

    var ran = cli.run("prune");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("Deleted 2 snapshots", "NOT SWEPT", "Mount its disk");
    assertThat(copies()).hasSize(3);
  }
}
