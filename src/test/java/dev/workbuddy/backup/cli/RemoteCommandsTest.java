package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Copies off the machine, from the command line alone. */
class RemoteCommandsTest {
  @TempDir private Path directory;
  @TempDir private Path disk;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
  }

  private void configure(String remotes) throws Exception {
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { namespace: laptop, %s }".formatted(remotes));
  }

  private void configureDirectory() throws Exception {
    configure("directory: { path: \"%s\" }".formatted(disk));
  }

  private String place() {
    return "directory:" + disk;
  }

  private JsonNode lastRun() throws Exception {
    return Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
  }

  private List<String> copies() throws Exception {
    return Listing.of(disk).stream().filter(name -> name.endsWith("SHA256SUMS")).toList();
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
    cli.set("PATH", disk.toString());
    configure("rclone: { remote: 'nas:x' }, directory: { path: \"%s\" }".formatted(disk));

    var ran = cli.run("now");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out())
        .contains("NOT PUSHED to rclone:nas:x")
        .contains("rclone is not installed")
        .contains(place() + ": pushed 1 snapshot");
    assertThat(copies()).hasSize(1);
    assertThat(lastRun().path("status").asString()).isEqualTo("incomplete");
    assertThat(lastRun().path("last_good_snapshot_id").asString()).startsWith("snap-");
    JsonNode broken = lastRun().path("remotes").path(0);
    assertThat(broken.path("fault").asString()).isEqualTo("missing-tool");
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

  private Path copied(String ending) throws Exception {
    String name =
        Listing.of(disk).stream().filter(file -> file.endsWith(ending)).findFirst().orElseThrow();
    return disk.resolve(name);
  }

  private String id() throws Exception {
    return Path.of(copies().getFirst()).getName(1).toString();
  }

  private String stateThere() throws Exception {
    JsonNode remotes = Json.parse(cli.ok("list", "--remote", "--json").out().getBytes(UTF_8));
    return remotes.path("remotes").path(0).path("snapshots").path(0).path("state").asString();
  }

  @ParameterizedTest
  @CsvSource({".tar.gz, 0", ".tar.gz, 100", "MANIFEST.json, 0", "MANIFEST.json, 20"})
  void push_copyCutShort_isListedAsDamagedAndSentAgain(String file, long bytes) throws Exception {
    configureDirectory();
    cli.ok("now");
    Path copy = copied(file);
    byte[] sent = Files.readAllBytes(copy);
    Files.write(copy, Arrays.copyOf(sent, (int) bytes));

    assertThat(stateThere()).isEqualTo("damaged");
    var drill = cli.run("drill");
    assertThat(drill.exitCode()).isEqualTo(4);
    assertThat(drill.err() + drill.out()).contains("`wb-backup push " + id() + "` sends it again");
    assertThat(cli.ok("push", id()).out()).contains("pushed 1 snapshot ");

    assertThat(copy).hasBinaryContent(sent);
    assertThat(stateThere()).isEqualTo("complete");
  }

  @Test
  void now_oldCopyCutShort_sendsItAgain() throws Exception {
    configureDirectory();
    cli.ok("now");
    Path copy = copied(".tar.gz");
    Files.write(copy, new byte[10]);

    assertThat(cli.ok("now").out()).contains("pushed 2 snapshots", "was damaged or unfinished");

    assertThat(Files.size(copy)).isGreaterThan(10);
  }

  @Test
  void push_copyWithOtherBytesOfTheSameSize_isComparedAndSentAgain() throws Exception {
    configureDirectory();
    cli.ok("now");
    Path copy = copied(".tar.gz");
    byte[] sent = Files.readAllBytes(copy);
    Files.write(copy, new byte[sent.length]);

    assertThat(cli.ok("push", id()).out()).contains("pushed 1 snapshot ");

    assertThat(copy).hasBinaryContent(sent);
  }

  @Test
  void list_tarballHereCutShort_doesNotBlameTheCopy() throws Exception {
    configureDirectory();
    cli.ok("now");
    Path here = cli.backups().resolve(id()).resolve(id() + ".tar.gz");
    Files.write(here, Arrays.copyOf(Files.readAllBytes(here), 50));

    assertThat(stateThere()).isEqualTo("complete");
  }

  @Test
  void push_nothingConfiguredOrNothingNamed_is2() {
    assertThat(cli.run("push", "latest").exitCode()).isEqualTo(2);
    assertThat(cli.run("push").exitCode()).isEqualTo(2);
    assertThat(cli.run("push", "latest", "--all-missing").exitCode()).isEqualTo(2);
  }

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

  @Test
  void now_twoDataRootsInOneNamespace_bothAreToldAndNothingIsSwept(@TempDir Path second)
      throws Exception {
    pushThreeThenKeepOne();
    CommandLineFixture other = new CommandLineFixture(second).withDatabases();
    Files.copy(directory.resolve("config.local.yaml"), second.resolve("config.local.yaml"));

    var collided = other.run("now", "--manual");
    other.ok("now", "--manual", "--no-push");
    other.ok("now", "--manual", "--no-push");
    var theirs = other.ok("now", "--manual");
    cli.ok("now", "--manual", "--no-push");
    var ours = cli.ok("now", "--manual");

    assertThat(collided.exitCode()).as("a snapshot of that name is there").isEqualTo(5);
    assertThat(collided.out()).contains("of another data root", "backups.namespace");
    for (String out : List.of(theirs.out(), ours.out())) {
      assertThat(out).contains("pushed 1 snapshot", "another data root", "backups.namespace");
    }
    assertThat(copies()).hasSize(5);
    assertThat(cli.run("prune").exitCode()).isEqualTo(5);
    assertThat(copies()).hasSize(5);
  }

  @Test
  void list_remoteBroken_showsTheRestAndIs5() throws Exception {
    cli.ok("now");
    configure("directory: { path: \"%s\" }".formatted(disk.resolve("absent")));

    var ran = cli.run("list", "--remote");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("snap-").contains("absent is not there");
  }

  @Test
  void restore_localHistoryLost_comesFromTheRemote() throws Exception {
    configureDirectory();
    cli.ok("now");
    DurableFiles.deleteTree(cli.backups());
    cli.sql("projects.db", "DELETE FROM notes");

    cli.ok("restore", "latest");

    assertThat(cli.rows("projects.db")).isEqualTo(3);
  }

  @Test
  void restore_freshMachineWithoutAnyConfiguration_bringsEverythingBack(@TempDir Path fresh)
      throws Exception {
    configureDirectory();
    cli.ok("now");
    CommandLineFixture other = new CommandLineFixture(fresh);
    other.set("WORK_BUDDY_DATA_DIR", fresh.resolve("data").toString());

    var ran = other.ok("restore", "latest", "--from", place());

    assertThat(ran.out()).contains("tasks/task_metadata.db, 3 rows");
    for (String file : List.of("tasks/task_metadata.db", "projects.db", "entities.db")) {
      assertThat(fresh.resolve("data/db").resolve(file)).exists();
    }
    assertThat(fresh.resolve("config.yaml")).doesNotExist();
  }

  @Test
  void restore_copyDamagedOnTheRemote_is4AndTouchesNothing() throws Exception {
    configureDirectory();
    cli.ok("now");
    DurableFiles.deleteTree(cli.backups());
    Path tarball =
        disk.resolve(
            Listing.of(disk).stream().filter(name -> name.endsWith(".tar.gz")).findFirst().get());
    Files.write(tarball, new byte[] {1}, StandardOpenOption.APPEND);
    cli.sql("projects.db", "DELETE FROM notes");

    var ran = cli.run("restore", "latest");

    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.err()).contains("is damaged");
    assertThat(cli.rows("projects.db")).isZero();
    assertThat(Listing.of(cli.backups())).noneMatch(name -> name.startsWith("snap-"));
  }

  @Test
  void pull_fromAnUnusableName_is2() {
    for (String name : List.of("s3://bucket", "directory:relative", "rclone:,x=y:z", "")) {
      assertThat(cli.run("pull", "latest", "--from", name).exitCode()).as(name).isEqualTo(2);
    }
  }
}
