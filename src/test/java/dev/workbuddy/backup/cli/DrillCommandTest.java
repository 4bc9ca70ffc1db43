package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Listing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Rehearsed restores, from the command line alone. */
class DrillCommandTest {
  @TempDir private Path directory;
  @TempDir private Path disk;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
  }

  private void configureRemote() throws Exception {
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { namespace: laptop, directory: { path: \"%s\" } }".formatted(disk));
  }

  private static JsonNode json(String text) {
    return Json.parse(text.getBytes(UTF_8));
  }

  private void cutTheCopy() throws Exception {
    Path tarball =
        Listing.of(disk).stream()
            .filter(name -> name.endsWith(".tar.gz"))
            .map(disk::resolve)
            .findFirst()
            .orElseThrow();
    byte[] content = Files.readAllBytes(tarball);
    Files.write(tarball, Arrays.copyOf(content, content.length - 100));
  }

  @Test
  void drill_soundCopy_saysWhatARestoreTakesAndMarksIt() throws Exception {
    configureRemote();
    cli.ok("now");

    var ran = cli.ok("drill");

    assertThat(ran.out())
        .contains("directory:" + disk + ": proven with snap-")
        .contains("5 databases, 15 rows")
        .contains("to fetch")
        .contains("A restore now would lose what was written since");
    assertThat(cli.ok("list", "--remote").out().lines().filter(line -> line.endsWith("proven")))
        .hasSize(2);
    JsonNode list = json(cli.ok("list", "--remote", "--json").out());
    String proven = list.path("snapshots").path(0).path("proven").asString();
    assertThat(proven).startsWith("2026-03-04T05:");
    assertThat(list.path("remotes").path(0).path("snapshots").path(0).path("proven").asString())
        .isEqualTo(proven);
  }

  @Test
  void list_laterDrillFoundDamage_doesNotCallTheCopyProven() throws Exception {
    configureRemote();
    cli.ok("now");
    cli.ok("drill");
    Path tarball =
        Listing.of(disk).stream()
            .filter(name -> name.endsWith(".tar.gz"))
            .map(disk::resolve)
            .findFirst()
            .orElseThrow();
    byte[] sent = Files.readAllBytes(tarball);
    Files.write(tarball, new byte[sent.length]);

    var drill = cli.run("drill");

    assertThat(drill.exitCode()).isEqualTo(4);
    String id = tarball.getFileName().toString().replace(".tar.gz", "");
    assertThat(drill.out() + drill.err()).contains("`wb-backup push " + id + "` sends it again");
    JsonNode copy =
        json(cli.ok("list", "--remote", "--json").out())
            .path("remotes")
            .path(0)
            .path("snapshots")
            .path(0);
    assertThat(copy.path("proven").isNull()).isTrue();
    assertThat(copy.path("drill_failed").asString()).startsWith("2026-03-04");
    assertThat(cli.ok("list", "--remote").out()).contains("NOT PROVEN: its last drill failed");
    assertThat(cli.ok("push", id).out()).contains("pushed 1 snapshot ");
    cli.ok("drill");
    assertThat(cli.ok("list", "--remote").out()).doesNotContain("NOT PROVEN");
  }

  @Test
  void drill_json_isTheRecordThatIsWrittenDown() throws Exception {
    configureRemote();
    cli.ok("now");

    JsonNode document = json(cli.ok("drill", "--json").out());

    assertThat(document.path("status").asString()).isEqualTo("done");
    JsonNode drill = document.path("drills").path(0);
    assertThat(drill.path("place").asString()).isEqualTo("directory:" + disk);
    assertThat(drill.path("recovery_millis").asLong()).isPositive();
    assertThat(drill.path("recovery_point_seconds").asLong()).isPositive();
    assertThat(json(Files.readString(cli.backups().resolve("drills.jsonl")))).isEqualTo(drill);
  }

  @Test
  void drill_damagedCopy_endsWith4AndSaysWhere() throws Exception {
    configureRemote();
    cli.ok("now");
    cutTheCopy();

    var ran = cli.run("drill");

    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.out())
        .contains("directory:" + disk + ": NOT PROVEN", " is not whole: ")
        .contains("[remote-damaged]");
    var quiet = cli.run("drill", "--quiet");
    assertThat(quiet.out()).isEmpty();
    assertThat(quiet.err()).contains("NOT PROVEN");
    assertThat(cli.ok("list").out()).doesNotContain("proven");
  }

  @Test
  void doctor_copyMendedAfterItsDrillFailed_saysWhatProvesIt() throws Exception {
    configureRemote();
    cli.ok("now");
    cutTheCopy();
    cli.run("drill");
    String place = "directory:" + disk;

    String before = cli.run("doctor").out();
    cli.ok("push", "latest");
    String after = cli.run("doctor").out();

    assertThat(before).contains("`wb-backup push snap-").doesNotContain("went well since");
    assertThat(after)
        .contains("failed: ", "; a push there went well since, ")
        .contains("`wb-backup drill --from " + place + "` shows whether it can be restored now");
    cli.ok("drill", "--from", place);
    assertThat(cli.run("doctor").out()).doesNotContain("went well since");
  }

  @Test
  void drill_nothingOffTheMachine_wantsLocalToBeSaid() throws Exception {
    cli.ok("now");

    var refused = cli.run("drill");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("no remote is configured").contains("--local");

    assertThat(cli.ok("drill", "--local").out()).contains("This machine's history: proven");
  }
}
