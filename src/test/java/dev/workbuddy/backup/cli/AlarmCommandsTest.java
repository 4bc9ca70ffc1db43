package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Listing;
import java.nio.charset.StandardCharsets;
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

/** Lost data, from the command line alone. */
class AlarmCommandsTest {
  /** Keeps one manual snapshot and nothing else, so that each run has something to sweep. */
  private static final String GREEDY =
      "minimum_keep: 1, retention: { manual: 1, hourly: 1, daily: 0, weekly: 0, monthly: 0, annual:"
          + " 0 }";

  @TempDir private Path directory;
  @TempDir private Path disk;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    fill("tasks/task_metadata.db", 1000);
    cli.sql(
        "tasks/task_metadata.db",
        "CREATE TABLE comments (id INTEGER PRIMARY KEY, note INTEGER REFERENCES notes)",
        "INSERT INTO comments (note) SELECT id FROM notes");
  }

  private void fill(String file, int rows) throws Exception {
    cli.sql(
        file,
        "DELETE FROM notes",
        "INSERT INTO notes WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i"
            + " < "
            + rows
            + ") SELECT i, 'note ' || i FROM n");
  }

  /** A bug issues a wide DELETE. */
  private void accident() throws Exception {
    cli.sql(
        "tasks/task_metadata.db",
        "DELETE FROM comments WHERE note % 5 > 0",
        "DELETE FROM notes WHERE id % 5 > 0");
  }

  /** The result names the alarms that it closed. */
  private void assertCloses(String way, String good) throws Exception {
    JsonNode open =
        Json.parse(cli.run("alarms", "--json").out().getBytes(StandardCharsets.UTF_8))
            .path("alarms");
    List<String> ids = open.valueStream().map(alarm -> alarm.path("id").asString()).toList();
    assertThat(ids).isNotEmpty();
    String[] command =
        way.equals("rescue")
            ? new String[] {"rescue", good, "--apply", "--yes"}
            : new String[] {"restore", good, "--yes"};
    String out = cli.ok(command).out();
    ids.forEach(id -> assertThat(out).contains("Closed the alarm " + id + " about tasks."));
  }

  private void configure(String backups) throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), "backups: { %s }".formatted(backups));
  }

  private List<String> snapshots() throws Exception {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("snap-"))
          .sorted()
          .toList();
    }
  }

  private List<String> copies() throws Exception {
    return Listing.of(disk).stream().filter(name -> name.endsWith("SHA256SUMS")).toList();
  }

  private JsonNode json(String... arguments) {
    return Json.parse(cli.run(arguments).out().getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode lastRun() throws Exception {
    return Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
  }

  @Test
  void alarm_rowsOfAFullTextTable_isToldWithTheRestoreThatBringsThemBack() throws Exception {
    cli.sql(
        "projects.db",
        "CREATE VIRTUAL TABLE ft USING fts5 (text)",
        "INSERT INTO ft WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <"
            + " 100) SELECT 'word ' || i FROM n");
    String good = cli.ok("now").out().split(" ", 2)[0];
    cli.sql("projects.db", "DELETE FROM ft WHERE rowid > 41");

    var alarmed = cli.run("now");

    assertThat(alarmed.exitCode()).isEqualTo(5);
    assertThat(alarmed.out())
        .contains("projects.ft_content has 41 rows")
        .contains("it keeps the rows of the virtual table ft")
        .contains("`wb-backup rescue " + good + "` shows which lost rows it can bring back")
        .contains("`wb-backup restore " + good + " --only projects`");
    assertThat(json("alarms", "--json").path("alarms").path(0).path("virtual_table").asString())
        .isEqualTo("ft");
  }

  @Test
  void accident_rowsAreRescued_everythingIsGreenWithoutAFurtherCommand() throws Exception {
    String good = cli.ok("now", "--manual").out().split(" ", 2)[0];
    accident();
    assertThat(cli.run("now", "--manual").exitCode()).isEqualTo(5);

    var rescued = cli.ok("rescue", good, "--apply", "--yes", "--json");

    assertThat(rescued.out()).contains("\"closed_alarms\"").contains("\"repaired\" : true");
    assertThat(cli.ok("rescue", good, "--apply", "--yes").out()).doesNotContain("Closed the alarm");
    assertThat(cli.ok("alarms", "--acknowledged").out())
        .contains("No alarm is open", "the rescue from " + good + " brought it back");
    assertThat(cli.run("doctor").out()).contains("none is open").doesNotContain("incomplete");
    cli.ok("now", "--manual");
  }

  /** What a person does about an alarm, and whether the last run is well then. */
  @ParameterizedTest
  @ValueSource(strings = {"rescue", "restore", "ack"})
  void accident_isSettled_recordAndMetricsFollowWithoutAFurtherRun(String way) throws Exception {
    Path metrics = cli.directory().resolve("m.prom");
    Files.writeString(
        cli.directory().resolve("config.local.yaml"), "backups: { metrics_file: m.prom }");
    String good = cli.ok("now", "--manual").out().split(" ", 2)[0];
    accident();
    assertThat(cli.run("now", "--manual").exitCode()).isEqualTo(5);
    assertThat(Files.readString(metrics)).containsPattern("wb_backup_alarms_open [1-9]");

    switch (way) {
      case "rescue", "restore" -> assertCloses(way, good);
      default -> cli.ok("alarms", "ack", "--all", "--why", "on purpose");
    }

    assertThat(Files.readString(metrics))
        .contains("wb_backup_alarms_open 0")
        .contains("wb_backup_last_run_status{status=\"done\"} 1");
    JsonNode run = Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
    assertThat(run.path("status").asString()).isEqualTo("ok");
    assertThat(run.path("alarms").size()).isZero();
    assertThat(cli.run("doctor").out()).contains("none is open").doesNotContain("incomplete");
    if (way.equals("restore")) {
      cli.ok("rollback", "--yes");
      assertThat(Files.readString(metrics)).containsPattern("wb_backup_alarms_open [1-9]");
      run = Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
      assertThat(run.path("status").asString()).as("the data is gone again").isEqualTo("error");
    }
  }

  @Test
  void accident_inTwoSteps_latestIsFromBeforeTheFirst() throws Exception {
    String good = cli.ok("now", "--manual").out().split(" ", 2)[0];
    cli.sql("tasks/task_metadata.db", "DELETE FROM notes WHERE id % 4 = 0");
    cli.ok("now", "--manual");
    cli.sql("tasks/task_metadata.db", "DELETE FROM notes WHERE id % 4 = 1");

    assertThat(cli.run("now", "--manual").out()).contains("before it had 1,000 (" + good);

    assertThat(cli.ok("rescue", "latest", "--table", "notes", "--apply", "--yes").out())
        .contains("Brought back from " + good, "500 rows");
    assertThat(cli.ok("alarms").out()).contains("No alarm is open");
  }

  @Test
  void accident_tableWasDropped_theRemedyMakesItAgain() throws Exception {
    String good = cli.ok("now", "--manual").out().split(" ", 2)[0];
    cli.sql("tasks/task_metadata.db", "DROP TABLE comments");

    var alarmed = cli.run("now", "--manual");

    assertThat(alarmed.exitCode()).isEqualTo(5);
    assertThat(alarmed.out()).contains("`wb-backup rescue " + good + " --recreate`");
    cli.ok("rescue", good, "--recreate", "--apply", "--yes");
    assertThat(cli.ok("alarms").out()).contains("No alarm is open");
  }

  @Test
  void accident_fromAlarmToSweep_theWholeStory() throws Exception {
    configure(GREEDY + ", namespace: laptop, directory: { path: \"%s\" }".formatted(disk));
    String good = cli.ok("now", "--manual").out().split(" ", 2)[0];
    accident();

    var alarmed = cli.run("now", "--manual");
    assertThat(alarmed.exitCode()).isEqualTo(5);
    assertThat(alarmed.out())
        .contains("tasks.notes has 200 rows; before it had 1,000")
        .contains("tasks.comments has 200 rows")
        .contains("The last good snapshot is held: " + good)
        .contains("Nothing is swept, here or in remotes, while an alarm is open.")
        .doesNotContain("Swept");
    assertThat(lastRun().path("alarms")).hasSize(2);
    assertThat(lastRun().path("last_good_snapshot_id").asString()).isNotEqualTo(good);

    cli.run("now", "--manual");
    var third = cli.run("now", "--manual");
    assertThat(third.exitCode()).isEqualTo(5);
    assertThat(third.out()).contains("none is swept while an alarm is open");
    assertThat(json("alarms", "--json").path("alarms")).hasSize(2);
    assertThat(snapshots()).hasSize(4);
    assertThat(copies()).as("the remote is not swept either").hasSizeGreaterThan(1);

    var pruned = cli.run("prune");
    assertThat(pruned.exitCode()).isEqualTo(3);
    assertThat(pruned.out()).contains("alarm").contains("Deleted 0 snapshots.");
    assertThat(cli.ok("prune", "--dry-run").out()).doesNotContain("delete");
    assertThat(snapshots()).hasSize(4);
    assertThat(cli.ok("list").out())
        .contains("held: last good one before the alarm about tasks.comments, tasks.notes")
        .contains("ALARM: tasks.comments, tasks.notes");
    assertThat(cli.ok("show", "latest").out()).contains("ALARM").contains("80 % are gone");

    var settled = cli.ok("alarms", "ack", "--all", "--why", "old notes were thrown out");
    assertThat(settled.out()).contains(good + " is released");
    assertThat(cli.ok("alarms").out()).isEqualTo("No alarm is open.\n");
    assertThat(cli.ok("alarms", "--acknowledged").out()).contains("old notes were thrown out");
    assertThat(cli.ok("list").out()).contains("alarm, acknowledged").doesNotContain("held:");

    assertThat(cli.ok("now", "--manual").out()).contains("Swept");
    assertThat(snapshots()).hasSize(1);
    assertThat(copies()).hasSize(1);
    assertThat(lastRun().path("alarms")).isEmpty();
  }

  @Test
  void accident_quietRun_stillTellsOnStandardError() throws Exception {
    cli.ok("now");
    accident();

    var ran = cli.run("now", "--quiet");

    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("ALARM").contains("tasks.notes has 200 rows");
  }

  @Test
  void restore_ofOlderData_raisesNoAlarmAndClosesWhatItMakesGood() throws Exception {
    cli.ok("now", "--manual");
    fill("tasks/task_metadata.db", 5000);
    cli.ok("now", "--manual");
    String first = snapshots().getFirst();

    cli.ok("restore", first);
    var after = cli.ok("now", "--manual");
    assertThat(after.out()).contains("tasks was put back since the last snapshot: compared with");

    accident();
    assertThat(cli.run("now", "--manual").exitCode()).isEqualTo(5);
    assertThat(cli.ok("restore", first, "--json").out())
        .contains("\"closed_alarms\"")
        .contains("\"repaired\" : true");
    cli.ok("now", "--manual");
    assertThat(cli.ok("alarms", "--acknowledged").out())
        .contains("No alarm is open", "Repaired ", "the restore of " + first);
    assertThat(cli.ok("rollback").out()).contains("the alarm about tasks.notes is open again");
    assertThat(cli.run("now", "--manual").exitCode()).isEqualTo(5);
    cli.ok("alarms", "ack", "--all", "--why", "seen");
    cli.ok("now", "--manual");
  }

  @Test
  void table_thatComesAndGoes_isLeftAloneWhereTheConfigurationSaysSo() throws Exception {
    configure("guard: { tables: { tasks: { comments: { max_shrink_percent: 100 } } } }");
    cli.ok("now");
    cli.sql("tasks/task_metadata.db", "DROP TABLE comments");
    cli.ok("now");

    cli.sql("tasks/task_metadata.db", "DELETE FROM notes WHERE id > 10");
    configure("guard: off");
    cli.ok("now");
  }

  @Test
  void database_isGone_alarmsEvenWhereNothingElseCanBeSaved() throws Exception {
    configure("databases: { projects: { path: projects.db } }");
    Files.writeString(
        directory.resolve("config.yaml"),
        "backups: { databases: { projects: { path: projects.db } } }");
    cli.ok("now");
    Files.delete(cli.live("projects.db"));

    assertThat(cli.run("now").exitCode()).isEqualTo(1);

    assertThat(lastRun().path("alarms").path(0).path("kind").asString())
        .isEqualTo("database-missing");
    assertThat(cli.ok("alarms").out()).contains("projects could not be saved");
    assertThat(cli.ok("list").out()).contains("held:");
  }

  @Test
  void alarmFile_damaged_nothingIsSweptAndItIsSaid() throws Exception {
    configure(GREEDY);
    cli.ok("now", "--manual");
    Files.writeString(cli.backups().resolve("alarms.json"), "{ \"alarms\": [");

    var ran = cli.run("now", "--manual");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("alarms.json cannot be read").doesNotContain("Swept");
    assertThat(cli.run("prune").exitCode()).isEqualTo(3);
    assertThat(snapshots()).hasSize(2);
    cli.ok("alarms", "ack", "--all", "--why", "disk repaired");
    cli.ok("prune");
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void ack_nothingOrTooMuchNamed_is2AndUnknownIs1() throws Exception {
    cli.ok("now");
    assertThat(cli.run("alarms", "ack", "--why", "x").exitCode()).isEqualTo(2);
    assertThat(cli.run("alarms", "ack", "abc", "--all", "--why", "x").exitCode()).isEqualTo(2);
    assertThat(cli.run("alarms", "ack", "--all").exitCode()).isEqualTo(2);
    assertThat(cli.run("alarms", "ack", "--all", "--why", " ").exitCode()).isEqualTo(2);
    assertThat(cli.run("alarms", "ack", "--all", "--why", "a\nb").exitCode()).isEqualTo(2);
    var unknown = cli.run("alarms", "ack", "abc", "--why", "x");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("no open alarm has the id abc");
    assertThat(cli.ok("alarms", "ack", "--all", "--why", "x").out()).contains("No alarm is open.");
  }
}
