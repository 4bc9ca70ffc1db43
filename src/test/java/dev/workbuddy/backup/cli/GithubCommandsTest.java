package dev.workbuddy.backup.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.OriginalWorkBuddy;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import dev.workbuddy.backup.testing.github.Release;
import dev.workbuddy.backup.testing.github.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Copies on GitHub from the command line alone, with the real {@code gh}. */
class GithubCommandsTest {
  private static final String TOKEN = "ghp_alice";
  private static final String PLACE = "github:alice/data";
  private static final String ORIGINAL = "snap-2026-02-11T14-23-00Z";
  private static final List<String> FILES =
      List.of("tasks/task_metadata.db", "projects.db", "messages.db", "threads.db", "entities.db");

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
    github.world().person("alice", TOKEN).repository("alice/data", true, true);
    cli = machine(directory).withDatabases();
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { namespace: laptop, github: { repo: alice/data } }");
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private CommandLineFixture machine(Path home) {
    CommandLineFixture machine = new CommandLineFixture(home);
    machine.set("PATH", System.getenv("PATH"));
    github.environment(elsewhere, TOKEN).forEach(machine::set);
    return machine;
  }

  private Map<String, List<String>> content(Path live) throws Exception {
    Map<String, List<String>> content = new TreeMap<>();
    for (String file : FILES) {
      content.put(file, Databases.ask(live.resolve(file), "SELECT id || text FROM notes"));
    }
    return content;
  }

  private JsonNode lastRun() throws Exception {
    return Json.parse(Files.readAllBytes(cli.backups().resolve("last_run.json")));
  }

  @Test
  void restore_wholeDataRootLost_everyRowIsBack() throws Exception {
    Map<String, List<String>> before = content(directory.resolve(".data/db"));
    assertThat(cli.ok("now").out()).contains(PLACE + ": pushed 1 snapshot");
    DurableFiles.deleteTree(directory.resolve(".data"));

    cli.ok("restore", "latest");

    assertThat(content(directory.resolve(".data/db"))).isEqualTo(before);
    assertThat(before.values()).allSatisfy(rows -> assertThat(rows).hasSize(3));
  }

  @Test
  void drill_copyOnGithub_isFetchedAndProven() throws Exception {
    cli.ok("now");
    Map<String, List<String>> before = content(directory.resolve(".data/db"));

    var ran = cli.ok("drill");

    assertThat(ran.out()).contains(PLACE + ": proven with snap-").contains("5 databases, 15 rows");
    assertThat(content(directory.resolve(".data/db"))).isEqualTo(before);
    assertThat(cli.ok("list", "--remote").out().lines().filter(line -> line.endsWith("proven")))
        .hasSize(2);
  }

  @Test
  void restore_freshMachineWithoutConfiguration_everyRowIsBack(@TempDir Path fresh)
      throws Exception {
    Map<String, List<String>> before = content(directory.resolve(".data/db"));
    cli.ok("now");
    CommandLineFixture other = machine(fresh);
    other.set("WORK_BUDDY_DATA_DIR", fresh.resolve("data").toString());

    other.ok("restore", "latest", "--from", PLACE);

    assertThat(content(fresh.resolve("data/db"))).isEqualTo(before);
  }

  @Test
  void now_loginNoLongerValid_keepsTheLocalSnapshotAndTellsTheTruth() throws Exception {
    github.world().revoke(TOKEN);

    var ran = cli.ok("now");

    assertThat(ran.out()).contains("Skipped " + PLACE).contains("gh auth login");
    JsonNode remote = lastRun().path("remotes").path(0);
    assertThat(remote.path("name").asString()).isEqualTo(PLACE);
    assertThat(remote.path("status").asString()).isEqualTo("skipped");
    assertThat(remote.path("fault").asString()).isEqualTo("unauthenticated");
    assertThat(cli.ok("verify", "latest").out()).contains("sound");
  }

  @Test
  void list_remote_showsWhatTheRepositoryHolds() throws Exception {
    cli.ok("now");
    cli.ok("hold", "latest", "--reason", "before the great change");

    assertThat(cli.ok("list", "--remote").out())
        .contains(PLACE)
        .contains("laptop")
        .contains("held: before the great change");
  }

  /** As the original work-buddy does it: one release, tag and file named by the snapshot. */
  private void pushByTheOriginal(String id) throws Exception {
    Tools.require("python3");
    Path db = directory.resolve(".data/db");
    Path tarball = Files.createDirectories(elsewhere.resolve(id)).resolve(id + ".tar.gz");
    OriginalWorkBuddy.pack(
        tarball,
        0,
        true,
        FILES.stream().map(file -> logicalName(file) + "=" + db.resolve(file)).toList());
    gh("release", "create", id, tarball.toString(), "-t", id, "-n", "automatic snapshot");
  }

  private static String logicalName(String file) {
    return file.startsWith("tasks/") ? "tasks" : file.replace(".db", "");
  }

  private void gh(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("gh"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-R", "alice/data"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(github.environment(elsewhere, TOKEN));
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.onExit().join().exitValue()).as(said).isZero();
  }

  @Test
  void restore_freshMachineAndOnlyReleasesOfTheOriginal_everyRowIsBack(@TempDir Path fresh)
      throws Exception {
    Map<String, List<String>> before = content(directory.resolve(".data/db"));
    pushByTheOriginal(ORIGINAL);
    CommandLineFixture other = machine(fresh);
    other.set("WORK_BUDDY_DATA_DIR", fresh.resolve("data").toString());

    var ran = other.ok("restore", "latest", "--from", PLACE);

    Path live = fresh.resolve("data/db");
    assertThat(live.resolve("tasks")).as("the original has its files side by side").doesNotExist();
    Files.createDirectory(live.resolve("tasks"));
    Files.move(live.resolve("task_metadata.db"), live.resolve("tasks/task_metadata.db"));
    assertThat(content(live)).isEqualTo(before);
    assertThat(ran.out())
        .contains(
            ORIGINAL, "no checksums", "wb-backup init", PLACE, "tasks goes to task_metadata.db");
  }

  @Test
  void restore_releaseOfTheOriginalBesideOurs_isListedFetchedAndRestored() throws Exception {
    Map<String, List<String>> before = content(directory.resolve(".data/db"));
    pushByTheOriginal(ORIGINAL);
    cli.ok("now");
    cli.sql("projects.db", "DELETE FROM notes");

    assertThat(cli.ok("list", "--remote").out()).contains(ORIGINAL);
    assertThat(cli.ok("pull", ORIGINAL).out()).contains("without checksums");
    assertThat(cli.ok("pull", ORIGINAL).out()).contains(ORIGINAL);
    var ran = cli.ok("restore", ORIGINAL);

    assertThat(content(directory.resolve(".data/db"))).isEqualTo(before);
    assertThat(ran.out()).contains("no checksums").doesNotContain("wb-backup init");
    assertThat(cli.ok("now").out()).as("the original's release stays").contains("pushed 1");
    assertThat(cli.ok("list", "--remote").out()).contains(ORIGINAL);
  }

  @Test
  void pull_releaseOfTheOriginalIsDamaged_is4AndLeavesNothing() throws Exception {
    pushByTheOriginal(ORIGINAL);
    github.world().change("alice/data", repository -> cutTarball(repository, ORIGINAL));

    var ran = cli.run("pull", ORIGINAL);

    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.err()).contains(ORIGINAL + " in " + PLACE + " is damaged");
    assertThat(Listing.of(cli.backups())).noneMatch(name -> name.startsWith("snap-"));
  }

  /** GitHub's checksum is that of the damaged bytes, as after an upload that was cut short. */
  private static void cutTarball(Repository repository, String id) {
    Release release = repository.published(id).orElseThrow();
    try {
      Path content = release.asset(id + ".tar.gz").orElseThrow().content();
      byte[] bytes = Files.readAllBytes(content);
      Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
      Path cut = Files.write(Path.of(content + "-cut"), bytes);
      release.replace(id + ".tar.gz", cut, Files.size(cut), Checksums.sha256(cut));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pull_anotherSnapshotOfThatNameIsHere_isRefusedAndStays() throws Exception {
    pushByTheOriginal(ORIGINAL);
    cli.ok("pull", ORIGINAL);
    Path here = cli.backups().resolve(ORIGINAL).resolve("work-buddy-backup.tar.gz");
    cli.sql("projects.db", "DELETE FROM notes");
    List<String> command =
        FILES.stream()
            .map(file -> logicalName(file) + "=" + directory.resolve(".data/db").resolve(file))
            .toList();
    OriginalWorkBuddy.pack(here, 0, true, command);
    String sum = Checksums.sha256(here);

    assertThat(cli.run("pull", ORIGINAL).err()).contains("another snapshot with the name");

    assertThat(Checksums.sha256(here)).isEqualTo(sum);
  }

  @Test
  void push_fileOnGithubBecameAnother_isSentAgainAndTold() throws Exception {
    cli.ok("now");
    String id = lastRun().path("snapshot_id").asString();
    String sound = digest(id);
    github.world().change("alice/data", repository -> cutTarball(repository, id));
    assertThat(digest(id)).isNotEqualTo(sound);

    var ran = cli.ok("push", "latest");

    assertThat(ran.out()).contains("pushed 1 snapshot", id + " was damaged", "sent again");
    assertThat(digest(id)).isEqualTo(sound);
    assertThat(cli.ok("push", "latest").out()).contains("pushed 0 snapshots");
  }

  private String digest(String id) {
    return github
        .world()
        .inspect(
            "alice/data",
            repository ->
                repository
                    .published(id)
                    .orElseThrow()
                    .asset(id + ".tar.gz")
                    .orElseThrow()
                    .sha256());
  }
}
