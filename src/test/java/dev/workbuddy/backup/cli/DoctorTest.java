package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.schedule.SidecarMark;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What {@code doctor} says and does, with the real {@code gh} against the stand-in. */
class DoctorTest {
  private static final String TOKEN = "ghp_alice";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private GithubStandIn github;
  private CommandLineFixture cli;

  @BeforeEach
  void start() throws Exception {
    Tools.require("gh");
    github =
        GithubStandIn.start(
            Files.createDirectory(elsewhere.resolve("github")),
            () -> Instant.parse("2026-03-04T06:00:00Z"));
    github.world().person("alice", TOKEN);
    cli = new CommandLineFixture(directory).withDatabases();
    cli.ok("now");
    new SidecarMark(ProcessIdentity.ofThisProcess(), "host", Instant.parse("2026-03-04T05:00:00Z"))
        .write(cli.backups());
    Files.createDirectory(elsewhere.resolve("empty"));
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private CommandLineFixture withGh(String token) {
    cli.set("PATH", System.getenv("PATH"));
    github.environment(elsewhere, token).forEach(cli::set);
    return cli;
  }

  private void local(String text) throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), text);
  }

  private static String line(String text, String name) {
    return text.lines()
        .filter(line -> line.strip().startsWith(name + " "))
        .findFirst()
        .orElseThrow();
  }

  private static void assertStates(String text, String... lines) {
    for (String expected : lines) {
      String name = expected.substring(0, expected.indexOf(' '));
      assertThat(line(text, name).strip().replaceAll(" +", " ")).startsWith(expected);
    }
  }

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
        "gh-authenticated blocked cannot be told before gh-cli-installed is met",
        "repo-configured unconfigured backups.github.repo is not set");
    assertThat(ran.out())
        .contains("wb-backup doctor --fix gh-cli-installed")
        .contains("wb-backup doctor --prefer github_backups=unwanted")
        .contains("gh not installed");
    assertThat(github.seen()).isEmpty();
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
  void doctor_noJobAndNoDrill_saysHowToGetThem() throws Exception {
    SidecarMark.remove(cli.backups());
    cli.set("PATH", elsewhere.resolve("empty").toString());
    cli.set("WB_BACKUP_LAUNCHER", "/opt/wb-backup/wb-backup");

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertStates(
        ran.out(),
        "regular-snapshots degraded no hourly job",
        "restore_drills degraded no restore");
    assertThat(ran.out())
        .contains("wb-backup schedule install")
        .contains("wb-backup drill --local");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-01T04:00:00Z|restore_drills ok proven 3 days ago with snap-",
        "2026-01-20T04:00:00Z|restore_drills degraded proven 43 days ago",
        "2027-03-04T05:00:00Z|restore_drills degraded no restore was ever proven",
      })
  void doctor_agesOfTheLastProvenRestore_areJudgedByTheWindow(String at, String state)
      throws Exception {
    cli.ok("drill", "--local");
    Path drills = cli.backups().resolve("drills.jsonl");
    String text = Files.readString(drills);
    Files.writeString(drills, text.replaceAll("(\"at\":)\"[^\"]*\"", "$1\"" + at + "\""));

    assertStates(cli.run("doctor").out(), state);
  }

  @Test
  void doctor_lastDrillFailed_isFailureUntilOneIsProven() throws Exception {
    Path tarball =
        Listing.of(cli.backups()).stream()
            .filter(name -> name.endsWith(".tar.gz"))
            .map(cli.backups()::resolve)
            .findFirst()
            .orElseThrow();
    byte[] sound = Files.readAllBytes(tarball);
    cli.ok("drill", "--local");
    Files.write(tarball, Arrays.copyOf(sound, sound.length / 2));
    assertThat(cli.run("drill", "--local").exitCode()).isEqualTo(4);

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), "restore_drills blocked the last rehearsal");
    Files.write(tarball, sound);
    cli.ok("drill", "--local");
    assertStates(cli.run("doctor").out(), "restore_drills ok proven");
  }

  @Test
  void fix_repoConfigured_makesItPrivateAndKeepsTheUsersFile() throws Exception {
    local("# my machine\nbackups:\n  namespace: laptop   # short\n# the end\n");
    withGh(TOKEN);

    var ran = cli.ok("doctor", "--fix", "repo-configured", "--repo", "data");

    assertThat(ran.out())
        .contains("repo-configured: ok")
        .contains("made the private repository alice/data")
        .contains("set backups.github.repo in");
    assertThat(directory.resolve("config.local.yaml"))
        .content()
        .isEqualTo(
            """
            # my machine
            backups:
              namespace: laptop   # short
              github:
                repo: alice/data
            # the end
            """);
    assertThat(github.world().<Boolean>inspect("alice/data", repository -> repository.isEmpty()))
        .isFalse();
    assertThat(cli.ok("doctor", "--fix", "repo-configured", "--repo", "data").out())
        .contains("nothing to repair");
    cli.ok("now");
    cli.ok("drill");
    assertThat(cli.run("doctor").out()).startsWith("Backups: all is well");
  }

  @Test
  void fix_repositoryIsPublic_isRefusedAndNothingIsWritten() throws Exception {
    github.world().repository("alice/data", false, true);
    withGh(TOKEN);

    var ran = cli.run("doctor", "--fix", "repo-configured", "--repo", "alice/data");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("is public");
    assertThat(directory.resolve("config.local.yaml")).doesNotExist();
  }

  @Test
  void fix_cutShortAfterTheRepositoryWasMade_convergesWhenDoneAgain() throws Exception {
    github.world().repository("alice/data", true, false);
    withGh(TOKEN);

    assertThat(cli.ok("doctor", "--fix", "repo-configured", "--repo", "alice/data").out())
        .contains("copies go to alice/data")
        .doesNotContain("made the private");
    assertThat(github.world().<Boolean>inspect("alice/data", repository -> repository.isEmpty()))
        .isFalse();
  }

  @Test
  void fix_withoutTheRepositorysName_saysWhichOptionIsMissing() {
    withGh(TOKEN);

    var ran = cli.run("doctor", "--fix", "repo-configured");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--repo");
  }

  @Test
  void fix_handOffWithoutTerminal_showsBriefAndCommands() {
    cli.set("PATH", elsewhere.resolve("empty").toString());

    var ran = cli.run("doctor", "--fix", "gh-cli-installed");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("gh --version").contains("Guide me through installing");
  }

  @Test
  void prefer_unwanted_silencesItAndSkipsThePush() throws Exception {
    github.world().repository("alice/data", true, true);
    local("backups: { github: { repo: alice/data } } # mine\n");
    withGh(TOKEN);

    cli.ok("doctor", "--prefer", "github_backups=unwanted", "--reason", "no net here");

    assertThat(directory.resolve("config.local.yaml"))
        .content()
        .isEqualTo(
            """
            backups: { github: { repo: alice/data } } # mine
            features:
              github_backups:
                wanted: false
                reason: "no net here"
            """);
    assertThat(cli.ok("now").out()).doesNotContain("github");
    var pushed = cli.run("push", "latest");
    assertThat(pushed.exitCode()).isEqualTo(3);
    assertThat(pushed.err()).contains("unwanted (no net here)").contains("--prefer");
    cli.ok("drill", "--local");
    assertThat(github.seen()).isEmpty();
    var ran = cli.ok("doctor");
    assertStates(ran.out(), "github_backups disabled unwanted: no net here");
  }

  @Test
  void prefer_core_isRefused() {
    var ran = cli.run("doctor", "--prefer", "local_snapshots=unwanted");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("required");
  }

  @Test
  void doctor_brokenConfiguration_stillGivesATreeThatNamesIt() throws Exception {
    local("backups: { cadence_minute: 3 }");

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), "configuration blocked", "local_snapshots blocked");
    assertThat(ran.out()).contains("config.local.yaml:1").contains("cadence_minutes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|local_snapshots blocked last_run.json cannot be used",
        "{}|local_snapshots blocked last_run.json cannot be used",
        "{ \"status\": \"do|local_snapshots blocked last_run.json cannot be used",
        "{\"status\":\"success\",\"finished_at\":\"2026-03-04T05-06-07Z\",\"remote\":{}}|local_snapshots"
            + " blocked no complete snapshot was taken yet",
      })
  void doctor_damagedRecord_isNeverGreen(@Nullable String record, String expected)
      throws Exception {
    Files.writeString(cli.backups().resolve("last_run.json"), record == null ? "" : record);

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), expected);
  }

  @Test
  void doctor_noRecordAtAll_saysToTakeASnapshot() throws Exception {
    Files.delete(cli.backups().resolve("last_run.json"));

    var ran = cli.run("doctor");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertStates(ran.out(), "local_snapshots blocked no run is recorded here");
    assertThat(ran.out()).contains("wb-backup now");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-04T04:00:00Z|ok",
        "2026-03-04T02:30:00Z|degraded",
        "2026-03-04T01:00:00Z|blocked",
        "2027-03-04T05:00:00Z|degraded",
      })
  void doctor_agesOfTheLastGoodSnapshot_areJudgedByCadences(String lastGood, String state)
      throws Exception {
    Path record = cli.backups().resolve("last_run.json");
    String text = Files.readString(record);
    String changed = text.replaceAll("(\"last_good_at\" : )\"[^\"]*\"", "$1\"" + lastGood + "\"");
    Files.writeString(record, changed);

    assertStates(cli.run("doctor").out(), "local_snapshots " + state);
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
    assertThat(document.path("next").path(0).path("command").asString())
        .isEqualTo("wb-backup doctor --fix gh-cli-installed");
  }
}
