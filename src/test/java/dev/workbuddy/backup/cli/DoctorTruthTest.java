package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is not well is named, by every command that people look at. */
class DoctorTruthTest {
  @TempDir Path directory;
  @TempDir Path elsewhere;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup/wb-backup");
    cli.ok("now");
  }

  private String doctor() {
    var ran = cli.run("doctor");
    assertThat(ran.exitCode()).as(ran.out()).isNotZero();
    assertThat(ran.out()).doesNotContain("all is well");
    return ran.out();
  }

  private void local(String text) throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), text);
  }

  /** A crontab that is a file, and a machine on which nobody reads it. */
  private void withCrontab() throws Exception {
    Path bin = Files.createDirectories(elsewhere.resolve("bin"));
    Path table = elsewhere.resolve("table");
    Path program = bin.resolve("crontab");
    Files.writeString(
        program,
        "#!/bin/sh\ncase $1 in -l) cat %s 2>/dev/null || { echo no crontab >&2; exit 1; };; *) cp $1 %s;; esac\n"
            .formatted(table, table));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    cli.set("PATH", bin + ":/usr/bin:/bin");
  }

  private Path newestTarball() throws IOException {
    try (Stream<Path> files = Files.walk(cli.backups(), 2)) {
      return files
          .filter(file -> file.toString().endsWith(".tar.gz"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void damage(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 0x55;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void doctor_nothingLeavesTheMachine_isNamedWhateverIsUnwanted() throws Exception {
    cli.ok("doctor", "--prefer", "github_backups=unwanted");
    DoctorScene.assertStates(
        doctor(), "second_place degraded nothing leaves this machine", "github_backups disabled");
    local("backups: { directory: { path: \"%s\" } }\n".formatted(elsewhere));
    DoctorScene.assertStates(
        cli.run("doctor").out(), "second_place degraded nothing has arrived yet in directory:");
    cli.ok("now", "--manual");
    DoctorScene.assertStates(cli.run("doctor").out(), "second_place ok directory:");
  }

  @Test
  void doctor_databaseThatNobodySaves_isNamed() throws Exception {
    cli.sql("extra.db", "CREATE TABLE s (k)");
    Files.createFile(cli.live("empty.db"));
    DoctorScene.assertStates(doctor(), "coverage degraded nobody saves extra.db");
    cli.ok("doctor", "--prefer", "coverage=unwanted", "--reason", "made anew");
    DoctorScene.assertStates(doctor(), "coverage disabled unwanted: made anew");
  }

  @Test
  void doctor_liveDatabaseIsGone_speaksOfLossAndOfTheWayBack() throws Exception {
    Files.delete(cli.live("projects.db"));
    String out = doctor();
    DoctorScene.assertStates(out, "databases-found blocked projects not in");
    assertThat(out).contains("LOST: projects").contains("restore latest --only projects");
  }

  @Test
  void verify_damage_isRememberedByEveryListUntilItIsGone() throws Exception {
    Path tarball = newestTarball();
    byte[] sound = Files.readAllBytes(tarball);
    damage(tarball);
    assertThat(cli.run("verify").exitCode()).isEqualTo(4);

    assertThat(cli.ok("list").out()).contains("damaged").doesNotContain("complete");
    DoctorScene.assertStates(doctor(), "local_snapshots blocked");

    Files.write(tarball, sound);
    String id = tarball.getFileName().toString().replace(".tar.gz", "");
    cli.ok("verify", id);
    assertThat(cli.ok("list").out()).contains("complete").doesNotContain("damaged");
  }

  /** What is known of a file says nothing of the file that takes its place. */
  @Test
  void verify_damagedFileReplaced_isJudgedAnew() throws Exception {
    Path tarball = newestTarball();
    byte[] sound = Files.readAllBytes(tarball);
    damage(tarball);
    assertThat(cli.run("verify").exitCode()).isEqualTo(4);
    assertThat(cli.ok("list").out()).contains("damaged");

    Files.write(tarball, sound);
    assertThat(cli.ok("list").out()).contains("complete").doesNotContain("damaged");
    cli.ok("restore", "latest", "--dry-run");

    damage(tarball);
    assertThat(cli.run("restore", "latest", "--dry-run").exitCode()).isEqualTo(4);
  }

  @Test
  void verify_idThatIsOneDigitWrong_namesTheNearest() throws Exception {
    String id = newestTarball().getFileName().toString().replace(".tar.gz", "");
    String wrong = id.replace("snap-20", "snap-30");

    assertThat(cli.run("verify", wrong).exitCode()).isEqualTo(1);
    assertThat(cli.run("verify", wrong).err()).contains("Did you mean " + id + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "[]", "{\"code\": \"nonsense\"}", "{\"text\": 1"})
  void list_markOfDamageThatSaysNothing_isDamagedUntilVerified(String document) throws Exception {
    Path mark = newestTarball().resolveSibling("DAMAGE.json");
    Files.writeString(mark, document);

    assertThat(cli.ok("list").out()).contains("damaged");
    String id = String.valueOf(mark.resolveSibling(".").normalize().getFileName());
    cli.ok("verify", id);

    assertThat(mark).doesNotExist();
    assertThat(cli.ok("list").out()).contains("complete").doesNotContain("damaged");
  }

  @Test
  void verify_damageHereAndACopyElsewhere_saysWhereTheGoodOneIs() throws Exception {
    local("backups: { directory: { path: \"%s\" } }\n".formatted(elsewhere));
    cli.ok("now");
    damage(newestTarball());

    var ran = cli.run("verify");

    assertThat(ran.out()).contains("directory:" + elsewhere).contains("wb-backup pull snap-");
    String pull = ran.out().substring(ran.out().indexOf("wb-backup pull") + 10).split("`", 2)[0];
    cli.ok(pull.split(" "));
    cli.ok("verify");
    assertThat(cli.ok("list").out()).doesNotContain("damaged");
  }

  @Test
  void doctor_copyElsewhereLacksAPart_isNotCalledWell() throws Exception {
    local("backups: { directory: { path: \"%s\" } }\n".formatted(elsewhere));
    cli.ok("now");
    try (Stream<Path> files = Files.walk(elsewhere)) {
      Files.delete(
          files.filter(file -> file.toString().endsWith(".tar.gz")).findFirst().orElseThrow());
    }
    assertThat(doctor()).contains("is damaged or unfinished there");
  }

  @Test
  void doctor_placeIsNotMounted_isOutOfOrderAndNotUnconfigured() throws Exception {
    cli.ok("doctor", "--prefer", "github_backups=unwanted");
    local(
        """
        backups: { directory: { path: "%s", marker: .mounted } }
        features: { github_backups: { wanted: false } }
        """
            .formatted(elsewhere));
    String out = doctor();
    DoctorScene.assertStates(out, "directory_backups blocked", "directory-reachable blocked");
    assertThat(out).doesNotContain("unconfigured");
  }

  @Test
  void schedule_cronIsInstalledAndNobodyRunsIt_isNeverWell() throws Exception {
    withCrontab();
    cli.ok("schedule", "install");

    assertThat(cli.ok("schedule", "status").out())
        .contains("NOT ACTIVE: No cron runs here")
        .doesNotContain("`wb-backup schedule install` starts it");
    DoctorScene.assertStates(doctor(), "regular-snapshots degraded");
    var fixed = cli.run("doctor", "--fix", "regular-snapshots", "--yes");
    assertThat(fixed.exitCode()).isNotZero();
    assertThat(fixed.out()).contains("does not run");
  }

  /** Offered is what can change something, and nothing else. */
  @ParameterizedTest
  @CsvSource({
    "nothing-installed,   regular-snapshots, programmatic",
    "no-scheduler,        regular-snapshots, none",
    "cron-does-not-run,   regular-snapshots, none",
    "no-snapshot,         restore-rehearsed, none",
    "never-rehearsed,     restore-rehearsed, programmatic",
    "data-root-is-gone,   data-root-writable, none",
    "backups-are-a-file,  data-root-writable, none",
    "database-is-gone,    databases-found, none",
  })
  void fix_whereItCannotHelp_isNotOffered(String state, String requirement, String kind)
      throws Exception {
    arrange(state);

    JsonNode seen = Json.parse(cli.run("doctor", "--json").out().getBytes(UTF_8));
    JsonNode node =
        seen.path("nodes")
            .valueStream()
            .filter(each -> each.path("id").asString().equals("requirement:" + requirement))
            .findFirst()
            .orElseThrow();
    assertThat(node.path("own").asString()).isNotEqualTo("ok");
    assertThat(node.path("fix").path("kind").asString()).isEqualTo(kind);
    String text = cli.run("doctor").out();
    assertThat(text.contains("doctor --fix " + requirement)).isEqualTo(!kind.equals("none"));
    if (kind.equals("none")) {
      var fixed = cli.run("doctor", "--fix", requirement, "--yes");
      assertThat(fixed.exitCode()).isEqualTo(1);
      assertThat(fixed.out()).contains(node.path("next").asString());
    }
  }

  private void arrange(String state) throws Exception {
    switch (state) {
      case "nothing-installed" -> withCrontab();
      case "no-scheduler" -> cli.set("PATH", elsewhere.toString());
      case "cron-does-not-run" -> {
        withCrontab();
        cli.ok("schedule", "install");
      }
      case "no-snapshot" -> DurableFiles.deleteTree(cli.backups());
      case "never-rehearsed" -> {}
      case "data-root-is-gone" -> DurableFiles.deleteTree(directory.resolve(".data"));
      case "backups-are-a-file" -> {
        DurableFiles.deleteTree(cli.backups());
        Files.createFile(cli.backups());
      }
      case "database-is-gone" -> Files.delete(cli.live("projects.db"));
      default -> throw new AssertionError(state);
    }
  }

  @Test
  void doctor_checksAreWellAndARequirementIsNot_tellsOfTheRequirement() throws Exception {
    withCrontab();
    DoctorScene.assertStates(doctor(), "schedule degraded regular-snapshots: no hourly job");
    assertThat(doctor())
        .doesNotContain("degraded they come", "not lately, or not well", ". .", "..");
  }

  @Test
  void schedule_noRunForThreeCadences_isOverdue() throws Exception {
    new SidecarPidFile(
            ProcessIdentity.ofThisProcess(), "host", Instant.parse("2026-03-04T01:00:00Z"))
        .write(cli.backups());
    cli.moveClock(Duration.ofHours(3));
    assertThat(cli.ok("schedule", "status").out()).contains("OVERDUE");
    DoctorScene.assertStates(doctor(), "schedule degraded");
  }

  @Test
  void fix_withoutAName_namesWhatToDoForEverythingThatIsListed() throws Exception {
    cli.set("PATH", elsewhere.toString());
    cli.sql("extra.db", "CREATE TABLE s (k)");

    var ran = cli.run("doctor", "--fix", "--yes");

    assertThat(ran.exitCode()).isNotZero();
    JsonNode seen = Json.parse(cli.run("doctor", "--json").out().getBytes(UTF_8));
    assertThat(seen.path("next")).isNotEmpty();
    seen.path("next")
        .valueStream()
        .forEach(step -> assertThat(ran.err()).contains(step.path("component").asString() + ": "));
  }

  @Test
  void list_freshMachineFromARemote_doesNotSpeakOfANewHistory(@TempDir Path fresh)
      throws Exception {
    local("backups: { directory: { path: \"%s\" } }\n".formatted(elsewhere));
    cli.ok("now");
    CommandLineFixture other = new CommandLineFixture(fresh);
    other.set("WORK_BUDDY_DATA_DIR", fresh.resolve("data").toString());

    var ran = other.ok("list", "--from", "directory:" + elsewhere);

    assertThat(ran.out()).startsWith("No snapshots on this machine").contains("snap-");
  }
}
