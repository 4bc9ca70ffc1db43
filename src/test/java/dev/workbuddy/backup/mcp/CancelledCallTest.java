package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.testing.Obstacle;
import dev.workbuddy.backup.testing.Tools;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Clients that change their minds, or go away, while the server works for them. */
class CancelledCallTest {
  @TempDir private Path directory;
  private Agent agent;
  private JsonRpcClient client;

  @BeforeEach
  void start() throws Exception {
    agent = new Agent(directory);
    client = agent.client;
  }

  private int startSnapshot() throws Exception {
    return client.ask("tools/call", Map.of("name", "data_backup", "arguments", Map.of()));
  }

  @Test
  void snapshot_cancelledMidway_leavesNothingAndIsNotAnswered() throws Exception {
    client.initialize(Map.of());
    try (Obstacle obstacle = new Obstacle(agent.backups(), agent.live("notes"))) {
      int id = startSnapshot();
      obstacle.awaitSnapshotBegun();
      client.tell("notifications/cancelled", Map.of("requestId", id, "reason", "changed my mind"));
      client.request("ping", Map.of());
      obstacle.giveWay();
      obstacle.awaitSnapshotUndone();
    }
    agent.close();

    assertThat(client.read()).isNull();
    assertThat(agent.leftovers()).isEmpty();
    RunRecord last = lastRun();
    assertThat(last.status()).isEqualTo("failed");
    assertThat(last.error()).extracting(RunError::code).isEqualTo("interrupted");
    try (var entries = Files.list(agent.backups())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .noneMatch(name -> name.startsWith("snap-"));
    }
  }

  private RunRecord lastRun() {
    return LastRun.read(agent.backups(), "host", Instant.EPOCH).record().orElseThrow();
  }

  @Test
  void cancellation_ofNothing_isIgnored() throws Exception {
    client.initialize(Map.of());
    client.tell("notifications/cancelled", Map.of("requestId", 99));
    client.tell("notifications/cancelled", Map.of());
    assertThat(client.request("ping", Map.of()).has("result")).isTrue();
    agent.close();
  }

  @Test
  void clientThatGoesAway_snapshotStillEnds() throws Exception {
    client.initialize(Map.of());
    try (Obstacle obstacle = new Obstacle(agent.backups(), agent.live("notes"))) {
      startSnapshot();
      obstacle.awaitSnapshotBegun();
      client.close();
      obstacle.giveWay();
      agent.served.join();
    }
    assertThat(agent.leftovers()).isEmpty();
    assertThat(lastRun().status()).isEqualTo("done");
  }

  /** The record is the only one who can tell the next client. */
  @Test
  @Timeout(120)
  void clientThatGoesAwayMidRestore_restoreEndsAndLastRunSaysHow() throws Exception {
    Path midway = hookThatWaits();
    String id = harmed();
    startRestore(id);
    try (OutputStream hook = Files.newOutputStream(midway)) {
      client.close();
      hook.write('\n');
    }
    agent.served.join();

    assertThat(agent.texts("notes")).containsExactly("one", "two", "three");
    assertThat(agent.leftovers()).isEmpty();
    JsonNode last = lastRestore();
    assertThat(last.get("status").stringValue()).isEqualTo("done");
    assertThat(last.get("snapshot_id").stringValue()).isEqualTo(id);
    assertThat(Path.of(last.get("kept").stringValue())).isDirectory();
  }

  @Test
  @Timeout(120)
  void restore_cancelledMidway_isOnRecordAsFailedAndChangesNothing() throws Exception {
    Path midway = hookThatWaits();
    int call = startRestore(harmed());
    try (OutputStream hook = Files.newOutputStream(midway)) {
      client.tell("notifications/cancelled", Map.of("requestId", call, "reason", "no"));
      client.request("ping", Map.of());
      hook.write('\n');
    }
    agent.close();

    assertThat(agent.texts("notes")).startsWith("changed");
    assertThat(lastRestore().get("status").stringValue()).isEqualTo("failed");
    assertThat(lastRestore().at("/error/code").stringValue()).isEqualTo("interrupted");
  }

  /** What a restore waits for in its middle: a line in this pipe. */
  private Path hookThatWaits() throws Exception {
    Tools.require("mkfifo", "sh");
    Path pipe = directory.resolve("midway");
    Tools.run(directory, List.of("mkfifo", pipe.toString()));
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { hooks: { before_restore: [[sh, -c, 'cat %s']] } }".formatted(pipe));
    return pipe;
  }

  private String harmed() throws Exception {
    client.initialize(Map.of());
    String id = agent.backUp();
    agent.harm("notes");
    return id;
  }

  private int startRestore(String id) throws Exception {
    String token = agent.agreed(client.call("data_restore", Map.of("snapshot_id", id)));
    Map<String, Object> arguments = Map.of("snapshot_id", id, "confirmation", token);
    return client.ask("tools/call", Map.of("name", "data_restore", "arguments", arguments));
  }

  private JsonNode lastRestore() throws Exception {
    return Json.parse(Files.readAllBytes(agent.backups().resolve("last_run.json")))
        .get("last_restore");
  }

  @Test
  void clientThatGoesAwayWhileItsPersonIsAsked_nothingIsRestored() throws Exception {
    client.initialize(Map.of("elicitation", Map.of()));
    String id = agent.backUp();
    agent.harm("notes");
    client.ask(
        "tools/call", Map.of("name", "data_restore", "arguments", Map.of("snapshot_id", id)));
    assertThat(client.next().get("method").stringValue()).isEqualTo("elicitation/create");
    client.close();
    agent.served.join();
    assertThat(agent.texts("notes")).hasSize(4).startsWith("changed");
  }
}
