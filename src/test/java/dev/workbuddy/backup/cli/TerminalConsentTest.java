package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Confirmations;
import dev.workbuddy.backup.capability.Consent;
import dev.workbuddy.backup.capability.JsonCalls;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a person at the terminal is shown before data is replaced, and that exactly this is done.
 */
class TerminalConsentTest {
  private static final String LOSS =
      "projects.notes: of 3 rows 1 would be lost and 1 get older values; 1 would come back.";

  @TempDir private Path directory;
  private CommandLineFixture cli;
  private String shown;

  @BeforeEach
  void snapshotAndLaterChanges() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    cli.ok("now", "--manual");
    shown = ids().getFirst();
    cli.moveClock(Duration.ofDays(3));
    cli.sql(
        "projects.db",
        "DELETE FROM notes WHERE id = 1",
        "UPDATE notes SET text = 'other' WHERE id = 2",
        "INSERT INTO notes VALUES (4, 'four')");
  }

  private List<String> ids() throws IOException {
    try (Stream<Path> entries = Files.list(cli.backups())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("snap-"))
          .sorted()
          .toList();
    }
  }

  /** The live data, what is kept of older data, and the snapshots. */
  private Map<String, String> everything() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory.resolve(".data"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (!name.contains("/cache/") && (name.endsWith(".db") || name.contains("/snap-"))) {
          files.put(name, Checksums.sha256(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  private void keepOneManualSnapshot() throws IOException {
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { minimum_keep: 1, retention: { manual: 1, hourly: 0, daily: 0, weekly: 0,"
            + " monthly: 0, annual: 0 } }");
  }

  private void snapshot() {
    cli.ok("now", "--manual");
  }

  private static String code(CommandLineFixture.Ran ran) {
    assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(3);
    var error = Json.parse(ran.out().getBytes(UTF_8)).get("error");
    assertThat(error.get("hint").asString()).isNotBlank();
    return error.get("code").asString();
  }

  @Test
  void restoreLatest_snapshotTakenMeanwhile_restoresTheOneThatWasShown() throws Exception {
    var ran = cli.asked("y", this::snapshot, "restore", "latest");

    assertThat(ids()).hasSize(2);
    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.err())
        .contains("Would restore " + shown, "That data is 3 days old.", LOSS)
        .contains("Of 1 tables together 1 rows would be lost, 1 get older values, 1 come back.")
        .endsWith("is kept for a rollback. [y/N] " + ran.err().split("\\[y/N] ", 2)[1]);
    assertThat(ran.out()).contains("Restored " + shown);
    assertThat(cli.ok("diff", shown, "--rows").out()).doesNotContain("four", "other");
  }

  @Test
  void rescueLatest_snapshotTakenMeanwhile_takesRowsOfTheOneThatWasShown() throws Exception {
    cli.sql("projects.db", "DELETE FROM notes WHERE id = 3");

    var ran = cli.asked("y", this::snapshot, "rescue", "latest", "--apply");

    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.err())
        .contains("Would bring back from " + shown)
        .contains("projects.notes: 0 would be lost and 0 get older values; 2 would come back.")
        .contains("Bring back 2 rows of " + shown + " (2 of projects.notes)?");
    assertThat(ran.out()).contains("Brought back from " + shown);
    assertThat(cli.rows("projects.db")).isEqualTo(4);
  }

  @Test
  void rollback_snapshotTakenMeanwhile_takesTheShownRestoreBack() throws Exception {
    cli.ok("restore", shown);
    cli.sql("projects.db", "INSERT INTO notes VALUES (5, 'written since')");

    var ran = cli.asked("y", this::snapshot, "rollback");

    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.err())
        .contains("Would take back: " + shown)
        .contains("That data is 0 minutes old.")
        .contains("projects.notes: of 4 rows 2 would be lost and 1 get older values; 1 would come")
        .contains("Bring back what the restore of " + shown + " replaced")
        .contains("Of 1 tables together 2 rows would be lost");
    assertThat(cli.ok("diff", shown, "--rows").out()).contains("four");
  }

  @Test
  void rollback_anotherRestoreMeanwhile_isRefused() throws Exception {
    cli.ok("restore", shown);
    Map<String, String> after = new TreeMap<>();

    var ran =
        cli.asked(
            "y",
            () -> {
              cli.ok("restore", shown);
              after.putAll(everything());
            },
            "rollback",
            "--json");

    assertThat(code(ran)).isEqualTo("confirmation-invalid");
    assertThat(everything()).isEqualTo(after);
  }

  @Test
  void rollback_ofADatabaseThatWasNotThere_saysThatItGoes() throws Exception {
    cli.sql("messages.db", "PRAGMA journal_mode = DELETE");
    Files.delete(cli.live("messages.db"));
    cli.ok("restore", shown);

    var ran = cli.asked("n", () -> {}, "rollback");

    assertThat(ran.err()).contains("Warning: messages was not there before that restore, and goes");
    assertThat(cli.live("messages.db")).exists();
  }

  @Test
  void prune_snapshotTakenMeanwhile_isRefused() throws Exception {
    snapshot();
    snapshot();
    List<String> before = ids();
    keepOneManualSnapshot();
    List<String> after = new ArrayList<>();

    var ran =
        cli.asked(
            "y",
            () -> {
              snapshot();
              after.addAll(ids());
            },
            "prune",
            "--json");

    assertThat(ran.err())
        .contains("Delete 2 for good: %s, %s?".formatted(before.get(1), before.getFirst()));
    assertThat(code(ran)).isEqualTo("confirmation-invalid");
    assertThat(ids()).isEqualTo(after);
  }

  @Test
  void prune_nothingMeanwhile_deletesWhatWasShown() throws Exception {
    snapshot();
    keepOneManualSnapshot();

    var ran = cli.asked("y", () -> {}, "prune");
    var nothing = cli.asked("n", () -> {}, "prune");

    assertThat(ran.out()).as(ran.toString()).contains("Deleted 1 snapshot.");
    assertThat(ids()).hasSize(1).doesNotContain(shown);
    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.err()).doesNotContain("[y/N]");
  }

  @Test
  void prune_alarmWithholdsWhatIsDue_isRefusedWithoutAQuestion() throws Exception {
    cli.sql("messages.db", "DROP TABLE notes");
    assertThat(cli.run("now", "--manual").exitCode()).isEqualTo(5);
    cli.ok("hold", shown, "--release");
    keepOneManualSnapshot();

    var ran = cli.asked("y", () -> {}, "prune");

    assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(3);
    assertThat(ran.err()).doesNotContain("[y/N]");
    assertThat(ids()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"restore latest", "rescue latest --apply"})
  void replacing_rowsWrittenMeanwhile_isRefused(String command) throws Exception {
    Map<String, String> after = new TreeMap<>();

    var ran =
        cli.asked(
            "y",
            () -> {
              cli.sql("projects.db", "DELETE FROM notes WHERE id = 3");
              after.putAll(everything());
            },
            (command + " --json").split(" "));

    assertThat(code(ran)).isEqualTo("confirmation-invalid");
    assertThat(everything()).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"restore latest", "rescue latest --apply", "rollback", "prune"})
  void anythingButYes_changesNothing(String command) throws Exception {
    snapshot();
    cli.ok("restore", shown);
    cli.sql("projects.db", "DELETE FROM notes WHERE id = 3");
    keepOneManualSnapshot();
    Map<String, String> before = everything();

    for (String answer : List.of("n", "", "maybe")) {
      var ran = cli.asked(answer, () -> {}, (command + " --json").split(" "));
      assertThat(code(ran)).isEqualTo("not-confirmed");
      assertThat(ran.err()).contains("[y/N]");
    }
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void yesBeforehand_asksNothing_andTheResultSaysWhatWasReplaced() throws Exception {
    var ran =
        cli.asked(
            "n",
            () -> {
              throw new AssertionError("somebody was asked");
            },
            "restore",
            "latest",
            "--yes");

    assertThat(ran.exitCode()).as(ran.toString()).isZero();
    assertThat(ran.out()).contains("Restored " + shown).containsPattern("Replaced projects.db: 8");
    assertThat(ran.err()).doesNotContain("[y/N]", LOSS);
  }

  @Test
  void terminalAgentAndPage_areShownOneText() throws Exception {
    var ran = cli.asked("n", () -> {}, "restore", "latest");

    var capabilities = cli.environment(System.out, System.err).capabilities(null);
    List<String> toAgent = new ArrayList<>();
    ObjectNode toPage = page(capabilities.dataRestore(), toAgent);

    assertThat(toAgent).contains(LOSS);
    assertThat(ran.err()).contains(toAgent.getFirst() + " [y/N] ");
    assertThat(ran.err().lines()).containsAll(toAgent.subList(1, toAgent.size()));
    assertThat(toPage.at("/confirmation/question").asString()).isEqualTo(toAgent.getFirst());
    assertThat(toPage.at("/confirmation/losses/0/lost").asInt()).isEqualTo(1);
  }

  private static <P extends Record, R extends Outcome> ObjectNode page(
      Capability<P, R> capability, List<String> toAgent) throws Exception {
    JsonCalls calls = JsonCalls.ofPerson(new Confirmations(InstantSource.system(), new Random(1)));
    ObjectNode arguments = (ObjectNode) Json.tree(Map.of("snapshot_id", "latest"));
    Consent<Outcome> agent =
        (plan, stakes) -> {
          toAgent.add(stakes.askedFor());
          toAgent.addAll(stakes.facts());
          return Optional.empty();
        };
    return calls.call(capability, arguments, Progress.silent(), agent);
  }
}
