package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    var ran = cli.run("now");

    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.out()).contains("NOT PUSHED to " + PLACE).contains("gh auth login");
    JsonNode remote = lastRun().path("remotes").path(0);
    assertThat(remote.path("name").asString()).isEqualTo(PLACE);
    assertThat(remote.path("fault").asString()).isEqualTo("unauthenticated");
    assertThat(lastRun().path("status").asString()).isEqualTo("incomplete");
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
}
