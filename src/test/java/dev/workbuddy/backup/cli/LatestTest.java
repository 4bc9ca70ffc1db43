package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code latest} means after something was lost, and what a rescue says it cannot reach. */
class LatestTest {
  private static final String MANY =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)"
          + " INSERT INTO notes (text) SELECT 'row ' || i FROM n";

  @TempDir private Path directory;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
  }

  private List<String> ids() throws Exception {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("snap-"))
          .sorted()
          .toList();
    }
  }

  private JsonNode manifest(String id) throws Exception {
    return Json.parse(Files.readAllBytes(cli.backups().resolve(id).resolve("MANIFEST.json")));
  }

  private JsonNode json(String... arguments) {
    return Json.parse(cli.run(arguments).out().getBytes(UTF_8));
  }

  @Test
  void rescueLatest_secondTime_doesNotMeanTheSnapshotOfTheFirst() throws Exception {
    cli.ok("now");
    cli.sql("projects.db", "DELETE FROM notes");
    cli.sql("messages.db", "DELETE FROM notes");

    var first = cli.ok("rescue", "latest", "--db", "projects", "--apply");
    var second = cli.ok("rescue", "latest", "--apply");

    String id = ids().getFirst();
    String safety = ids().get(1);
    assertThat(manifest(safety).path("taken_before").asString()).isEqualTo("rescue");
    assertThat(manifest(id).path("taken_before").isNull()).isTrue();
    assertThat(first.out()).contains("wb-backup rescue " + id + " --db projects --apply");
    assertThat(second.out())
        .contains("Brought back from " + id)
        .contains("latest is " + id)
        .contains(safety + " was taken by wb-backup before a rescue and was passed over")
        .contains("name it to use it");
    assertThat(cli.rows("messages.db")).isEqualTo(3);
    assertThat(cli.ok("show", "latest").out()).contains(ids().getLast());
  }

  @Test
  void latest_newestRaisedAnAlarm_isPassedOverUntilItIsPutAside() throws Exception {
    cli.sql("entities.db", MANY);
    cli.ok("now");
    String good = ids().getFirst();
    cli.sql("entities.db", "DELETE FROM notes");
    assertThat(cli.run("now").exitCode()).isEqualTo(5);
    String bad = ids().getLast();

    String words =
        "latest is %s; the newer %s raised an alarm and was passed over".formatted(good, bad);
    assertThat(cli.ok("restore", "latest", "--dry-run").out()).contains(words);
    assertThat(cli.ok("rescue", "latest").out()).contains(words, "53 rows");
    assertThat(cli.ok("diff", "latest").out()).contains(words);
    var asked = cli.ok("query", "latest", "entities", "SELECT count(*) FROM notes");
    assertThat(asked.out()).contains("53");
    assertThat(asked.err()).contains(words);
    assertThat(cli.ok("rescue", bad).out()).contains("Nothing: no row of the snapshot is missing");

    var ack = cli.ok("alarms", "ack", "--all", "--why", "meant");

    assertThat(ack.out())
        .contains(good + " is released", "The next sweep may delete", "`wb-backup hold " + good);
    assertThat(cli.ok("restore", "latest", "--dry-run").out())
        .contains("Would restore " + bad)
        .doesNotContain("passed over");
  }

  @Test
  void latestFromARemote_newestThereRaisedAnAlarm_isPassedOverUntilItIsPutAside(@TempDir Path disk)
      throws Exception {
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { directory: { path: \"%s\" } }".formatted(disk));
    cli.sql("entities.db", MANY);
    cli.ok("now");
    String good = ids().getFirst();
    cli.sql("entities.db", "DELETE FROM notes");
    assertThat(cli.run("now").exitCode()).isEqualTo(5);
    String bad = ids().getLast();
    String from = "directory:" + disk;
    String warning =
        "Warning: latest in %s is %s; the newer %s there shows a loss and was passed over"
            .formatted(from, good, bad);

    assertThat(cli.ok("restore", "latest", "--from", from, "--dry-run").out())
        .contains("Would restore " + good, warning);
    assertThat(cli.ok("restore", bad, "--from", from, "--dry-run").out())
        .doesNotContain("Warning: latest");
    DurableFiles.deleteTree(cli.backups().resolve(good));
    DurableFiles.deleteTree(cli.backups().resolve(bad));
    assertThat(cli.ok("restore", "latest", "--from", from, "--dry-run").out()).contains(warning);
    assertThat(cli.ok("list", "--remote").out()).contains(good);
    assertThat(cli.ok("restore", good, "--from", from, "--dry-run").out())
        .contains("Would restore " + good)
        .doesNotContain("Warning: latest");

    cli.ok("alarms", "ack", "--all", "--why", "meant");

    assertThat(cli.ok("restore", "latest", "--from", from, "--dry-run").out())
        .contains("Would restore " + bad)
        .doesNotContain("Warning: latest");
  }

  @Test
  void latest_onlySnapshotsOfRescues_isTheNewestOfThem() throws Exception {
    cli.ok("now");
    cli.sql("projects.db", "DELETE FROM notes");
    cli.ok("rescue", "latest", "--apply");
    Path first = cli.backups().resolve(ids().getFirst());
    Files.move(first, directory.resolve("elsewhere"));

    var ran = cli.ok("restore", "latest", "--dry-run");

    assertThat(ran.out())
        .contains("Would restore " + ids().getLast())
        .contains("though it was taken by wb-backup before a rescue");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rescue_databaseGoneOrEmpty_saysThatRowsAreMissingAndWhatBringsThemBack(boolean gone)
      throws Exception {
    cli.sql("projects.db", MANY);
    cli.ok("now");
    String id = ids().getFirst();
    cli.sql("projects.db", "PRAGMA journal_mode = DELETE");
    Files.delete(cli.live("projects.db"));
    if (!gone) {
      Files.createFile(cli.live("projects.db"));
    }

    for (String apply : List.of("", "--apply")) {
      String[] command =
          Stream.of("rescue", id, apply).filter(s -> !s.isEmpty()).toArray(String[]::new);
      var ran = cli.run(command);
      assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(5);
      assertThat(ran.out())
          .contains("53 rows are missing that a rescue cannot bring back")
          .contains("`wb-backup restore " + id + " --only projects`")
          .doesNotContain("Nothing:");
    }
    assertThat(json("rescue", id, "--json").path("status").asString()).isEqualTo("incomplete");
  }

  @Test
  void rescue_onlyDatabaseGone_isIncompleteRatherThanNothing() throws Exception {
    cli.ok("now");
    for (String file :
        List.of(
            "tasks/task_metadata.db", "projects.db", "messages.db", "threads.db", "entities.db")) {
      cli.sql(file, "PRAGMA journal_mode = DELETE");
      Files.delete(cli.live(file));
    }

    var ran = cli.run("rescue", ids().getFirst(), "--apply");

    assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(5);
    assertThat(ran.out()).contains("15 rows are missing that a rescue cannot bring back");
  }

  @Test
  void smallWords_areTrue() throws Exception {
    cli.ok("now");
    String id = ids().getFirst();
    cli.sql("projects.db", "UPDATE notes SET text = 'other' WHERE id = 1");

    assertThat(cli.ok("rescue", id, "--include-changed").out())
        .contains("would become what it was");
    assertThat(cli.ok("rescue", id, "--include-changed", "--apply").out())
        .contains("1 row became what it was");
    assertThat(cli.run("rescue", id, "--batch", "0").exitCode()).isEqualTo(2);
    assertThat(cli.ok("hold", id, "--release").out()).contains(id + " was not held");
    cli.ok("hold", id);
    assertThat(cli.ok("hold", id, "--release").out()).contains(id + " is released");
    assertThat(cli.run("query", id, "nosuchdb", "x").err()).contains("no database 'nosuchdb'");
  }
}
