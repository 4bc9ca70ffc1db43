package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.OriginalWorkBuddy;
import dev.workbuddy.backup.testing.Tools;
import dev.workbuddy.backup.testing.github.GithubStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Agents that knew the original's three tools go on with them, word for word. */
class OriginalAgentsTest {
  private static final String TOKEN = "ghp_me";
  private static final String OLD = "snap-2026-07-21T10-00-00Z";

  @TempDir private Path directory;
  @TempDir private Path elsewhere;
  private GithubStandIn github;
  private JsonRpcClient agent;

  @BeforeEach
  void start() throws Exception {
    Tools.require("gh", "python3", "git");
    OriginalWorkBuddy.leave(directory, LocalDateTime.parse("2026-07-21T10:00:00"));
    github =
        GithubStandIn.start(
            Files.createDirectory(elsewhere.resolve("github")), InstantSource.system());
    github.world().person("me", TOKEN).repository("me/work-buddy-data", true, true);
    ProcessBuilder server = ServerProcess.builder(directory);
    server.environment().putAll(github.environment(elsewhere, TOKEN));
    Process process = server.start();
    agent = new JsonRpcClient(process.getInputStream(), process.getOutputStream());
    agent.initialize(Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    agent.close();
    github.close();
  }

  private List<String> tasks() throws Exception {
    return Databases.ask(
        directory.resolve(".data/db/task_metadata.db"), "SELECT text FROM task_metadata");
  }

  @Test
  void threeCalls_inTheWordsOfTheOriginal_backUpListAndRestore() throws Exception {
    List<String> saved = tasks();

    JsonNode taken = agent.call("data_backup", Map.of("manual", true, "push_remote", true));
    Databases.run(
        directory.resolve(".data/db/task_metadata.db"), "DELETE FROM task_metadata WHERE id > 1");
    JsonNode list = agent.call("data_backup_list", Map.of("include_remote", true));
    Map<String, Object> restore = Map.of("snapshot_id", OLD, "force", false, "from_remote", false);
    String token = Agent.token(agent.call("data_restore", restore));
    Workspaces.questions(directory, InstantSource.system()).answer(token, true);
    agent.call(
        "data_restore", Map.of("snapshot_id", OLD, "from_remote", false, "confirmation", token));

    String id = taken.path("snapshot_id").asString();
    assertThat(id).as("an agent fills no person's bucket").endsWith("-agent");
    assertThat(list.toString()).contains(OLD, id, "github:");
    assertThat(tasks()).isEqualTo(saved);
  }
}
