package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.OriginalWorkBuddy;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Somebody puts wb-backup in the place of the original, in its directory and its repository. */
class SwitchFromOriginalTest {
  private static final String TOKEN = "ghp_me";
  private static final String PLACE = "github:";
  private static final LocalDateTime LAST_RUN = LocalDateTime.parse("2026-07-21T10:00:00");
  private static final String NEWEST = "snap-2026-07-21T10-00-00Z";
  private static final String OLDEST = "snap-2026-04-27T10-00-00Z";
  private static final String TASKS = "task_metadata.db";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private GithubStandIn github;
  private CommandLineFixture cli;

  @BeforeEach
  void leaveTheOriginal() throws Exception {
    Tools.require("gh", "python3", "git");
    OriginalWorkBuddy.leave(directory, LAST_RUN);
    github =
        GithubStandIn.start(
            Files.createDirectory(elsewhere.resolve("github")),
            () -> Instant.parse("2026-07-21T10:20:00Z"));
    github.world().person("me", TOKEN).repository("me/work-buddy-data", true, true);
    cli = new CommandLineFixture(directory);
    cli.moveClock(
        Duration.between(
            Instant.parse("2026-03-04T05:06:07Z"), Instant.parse("2026-07-21T10:20:00Z")));
    cli.set("PATH", System.getenv("PATH"));
    github.environment(elsewhere, TOKEN).forEach(cli::set);
  }

  @AfterEach
  void stop() {
    github.close();
  }

  /** As the original does it: one release and tag named by the snapshot, one file in it. */
  private void pushedByTheOriginal(String id) throws Exception {
    Path tarball = cli.backups().resolve(id).resolve("work-buddy-backup.tar.gz");
    ProcessBuilder gh =
        new ProcessBuilder(
                List.of(
                    "gh",
                    "release",
                    "create",
                    id,
                    tarball.toString(),
                    "--repo",
                    "me/work-buddy-data",
                    "--title",
                    id,
                    "--notes",
                    "a snapshot"))
            .redirectErrorStream(true);
    gh.environment().putAll(github.environment(elsewhere, TOKEN));
    Process process = gh.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
  }

  private List<String> tasks(Path live) throws Exception {
    return Databases.ask(live.resolve(TASKS), "SELECT text FROM task_metadata ORDER BY id");
  }

  @Test
  void now_besideItsConfigurationJobsAndHistory_savesAllSevenAndPushes() throws Exception {
    pushedByTheOriginal(NEWEST);

    assertThat(cli.ok("now").out()).contains("7 databases").contains("pushed");

    String list = cli.ok("list", "--remote").out();
    assertThat(list.lines().filter(line -> line.startsWith("snap-"))).hasSizeGreaterThan(13);
    assertThat(list).contains(OLDEST, NEWEST).doesNotContain("damaged");
    JsonNode run = Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
    assertThat(run.path("status").asString()).as("the original's check reads it").isEqualTo("ok");
    assertThat(Instant.parse(run.path("ts").asString())).isAfter("2026-07-21T10:00:00Z");
    assertThat(Listing.of(directory.resolve(".data/db"))).doesNotContain("tasks");
  }

  @Test
  void verify_everySnapshotItEverWrote_isSoundAndNamesWhatItLacks() throws Exception {
    var all = cli.ok("verify", "--all");

    assertThat(all.out().lines().filter(line -> line.contains("sound:"))).hasSize(12);
    assertThat(all.out()).contains("/media/usb/truth) is not in the snapshot: it was unreachable");
  }

  @Test
  void restore_oldestForm_isBroughtUpByItsOwnLadderIntoTheFileThatIsThere() throws Exception {
    List<String> saved = tasks(directory.resolve(".data/db"));
    cli.sql(TASKS, "DELETE FROM task_metadata");

    var ran = cli.run("restore", OLDEST, "--yes");

    assertThat(ran.exitCode()).as("two databases are newer than it").isEqualTo(5);
    assertThat(ran.out()).contains("settings is not in the snapshot", "truth_registry is not in");
    assertThat(ran.out()).contains("migrated from schema version 9 to 11", "Checked: row counts");
    assertThat(tasks(directory.resolve(".data/db"))).isEqualTo(saved);
    assertThat(directory.resolve(".data/db/tasks")).doesNotExist();
    assertThat(directory.resolve(".data/db/settings.db")).as("not in it, so it stays").exists();
  }

  @Test
  void restore_newerForm_bringsItsStoresBackBesideTheDatabases() throws Exception {
    var ran = cli.ok("restore", NEWEST, "--yes");

    assertThat(ran.out()).contains("restored_files", "claims.jsonl");
    Path stores = directory.resolve(".data/db/restored_files/" + NEWEST + "/truth_stores");
    assertThat(Listing.of(stores)).anyMatch(name -> name.endsWith("/claims.jsonl"));
  }

  @Test
  void restore_oneDatabase_leavesTheStoresWhereTheyAreAndSaysSo() throws Exception {
    assertThat(cli.ok("restore", NEWEST, "--only", "tasks", "--yes").out())
        .contains("which the snapshot holds: left there");
    assertThat(directory.resolve(".data/db/restored_files")).doesNotExist();
  }

  @Test
  void verify_aStoreWasChangedInTheTarball_isDamagedAndNotRestored() throws Exception {
    Path tarball = cli.backups().resolve(NEWEST).resolve("work-buddy-backup.tar.gz");
    Path unpacked = Files.createDirectory(elsewhere.resolve("unpacked"));
    Tools.run(unpacked, List.of("tar", "-xzf", tarball.toString()));
    Path claims =
        unpacked.resolve(
            Listing.of(unpacked).stream()
                .filter(name -> name.endsWith("claims.jsonl"))
                .findFirst()
                .orElseThrow());
    Files.writeString(claims, Files.readString(claims).replace("blue", "red "));
    Tools.run(unpacked, List.of("sh", "-c", "tar -czf " + tarball + " *"));

    var verified = cli.run("verify", NEWEST);
    var restored = cli.run("restore", NEWEST, "--yes");

    assertThat(verified.exitCode()).isEqualTo(4);
    assertThat(verified.out()).contains("claims.jsonl", "do not match the checksum");
    assertThat(restored.exitCode()).isEqualTo(4);
    assertThat(tasks(directory.resolve(".data/db"))).hasSize(40);
  }

  @Test
  void restore_somethingIsInTheWayOfTheStores_theDryRunForetellsItAndNothingHappens()
      throws Exception {
    Path inTheWay = Files.writeString(directory.resolve(".data/db/restored_files"), "mine");

    for (String mode : List.of("--dry-run", "--yes")) {
      assertThat(cli.run("restore", NEWEST, mode).err()).contains("is in the way");
    }
    assertThat(inTheWay).hasContent("mine");
  }

  @Test
  void now_lossOfAnOptionalDatabaseWasAccepted_isNotMissedAnyMore() throws Exception {
    cli.ok("now");
    Files.delete(directory.resolve(".data/db/settings.db"));
    assertThat(cli.run("now").exitCode()).isEqualTo(5);

    cli.ok("alarms", "ack", "--all", "--why", "no longer used");

    assertThat(cli.ok("now").out()).contains("6 databases");
  }

  @Test
  void lostRows_comeBackFromASnapshotOfTheOriginal() throws Exception {
    List<String> saved = tasks(directory.resolve(".data/db"));
    cli.sql(TASKS, "DELETE FROM task_metadata WHERE id > 10");

    assertThat(cli.ok("diff", NEWEST, "--db", "tasks").out()).contains("40 rows -> 10 rows");
    cli.ok("rescue", NEWEST, "--db", "tasks", "--apply", "--yes");

    assertThat(tasks(directory.resolve(".data/db"))).isEqualTo(saved);
  }

  @Test
  void itsJobFile_underOurSidecar_takesASnapshotAndTheOtherJobsAreNoTrouble() throws Exception {
    new JobStates(
            Map.of(
                "data-backup", JobState.seen("0 * * * *", Instant.parse("2026-07-21T10:00:00Z"))),
            List.of())
        .write(cli.backups());

    try (Companion sidecar = Companion.java(Main.class, "sidecar", "--config-dir", directory)) {
      List<String> heard = new ArrayList<>();
      while (!String.join("\n", heard).contains("data-backup: done")) {
        heard.add(sidecar.hear());
      }
      assertThat(heard).noneMatch(line -> line.contains("error") || line.contains("failed"));
    }

    assertThat(cli.ok("verify", "latest").out()).contains("7 databases");
  }

  @Test
  void drill_releaseOfTheOriginal_isProven() throws Exception {
    pushedByTheOriginal(NEWEST);

    var ran = cli.ok("drill", "--from", "github:work-buddy-data");

    assertThat(ran.out()).contains(PLACE).contains("proven with " + NEWEST, "7 databases");
  }
}
