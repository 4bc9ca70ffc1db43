package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an agent cannot do by itself, however it asks; and what is left when it tries. */
class GuardedToolsTest {
  @TempDir private Path directory;
  private Agent agent;
  private JsonRpcClient client;

  @BeforeEach
  void start() throws Exception {
    agent = new Agent(directory);
    client = agent.client;
    client.initialize(Map.of());
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
  }

  /** Every file with its content, but for questions and for what looking leaves behind. */
  private Map<String, String> everything() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file :
          all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String name = directory.relativize(file).toString();
        if (!name.matches("\\.data/backups/(questions/.*|cache/.*|health\\.json|lock|push\\.lock)")
            && !name.endsWith("-shm")
            && !name.endsWith("-wal")) {
          files.put(name, Checksums.sha256(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  @Test
  void guardedCalls_withoutAPerson_changeNothingAndAskOne() throws Exception {
    String id = agent.backUp();
    client.call("data_hold", Map.of("snapshot_id", id, "reason", "an anchor"));
    agent.harm("notes");
    String elsewhere = directory.resolve("elsewhere").toString();
    Map<String, String> before = everything();
    List<Map.Entry<String, Map<String, Object>>> calls =
        List.of(
            Map.entry("data_restore", Map.of("snapshot_id", id)),
            Map.entry("data_restore", Map.of("snapshot_id", id, "to", elsewhere)),
            Map.entry("data_rescue", Map.of("snapshot_id", id, "apply", true)),
            Map.entry("data_hold", Map.of("snapshot_id", id, "release", true)),
            Map.entry("data_prune", Map.of()),
            Map.entry("data_alarms_ack", Map.of("all", true, "why", "x")),
            Map.entry("data_health_prefer", Map.of("component", "schedule", "choice", "unwanted")),
            Map.entry(
                "data_health_prefer", Map.of("component", "github_backups", "choice", "wanted")),
            Map.entry("migrate_run", Map.of()));
    for (var call : calls) {
      JsonNode plan = client.call(call.getKey(), call.getValue());
      String token = Agent.token(plan);
      assertThat(plan.at("/confirmation/by_person").booleanValue()).as(call.getKey()).isTrue();
      assertThat(plan.at("/confirmation/question").stringValue()).isNotBlank();
      Map<String, Object> again = new TreeMap<>(call.getValue());
      again.put("confirmation", token);
      assertThat(client.fail(call.getKey(), again).get("code").stringValue())
          .as(call.getKey())
          .isEqualTo("not-confirmed");
    }
    assertThat(everything()).isEqualTo(before);
    assertThat(agent.questions.open()).hasSize(calls.size());
  }

  @Test
  void placesThatNobodyConfigured_areForPeopleOnATerminal() throws Exception {
    String id = agent.backUp();
    Map<String, String> before = everything();
    String evil = "directory:" + Files.createDirectory(directory.resolve("evil"));
    for (String tool : List.of("data_pull", "data_drill", "data_restore")) {
      JsonNode error = client.fail(tool, Map.of("snapshot_id", id, "from", evil));
      assertThat(error.get("code").stringValue()).as(tool).isEqualTo("not-confirmed");
      assertThat(error.get("message").stringValue()).contains("a person on a terminal");
    }
    JsonNode dry =
        client.fail("data_restore", Map.of("snapshot_id", id, "from", evil, "dry_run", true));
    assertThat(dry.get("code").stringValue()).isEqualTo("not-confirmed");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void diff_cannotWriteAFile() throws Exception {
    String id = agent.backUp();
    Path planted = directory.resolve("config.local.yaml");
    JsonNode error =
        client.fail("data_diff", Map.of("before", id, "rows", true, "output", planted.toString()));
    assertThat(error.get("code").stringValue()).isEqualTo("usage");
    assertThat(planted).doesNotExist();
  }

  @Test
  void hold_released_onceThePersonAgreed() throws Exception {
    String id = agent.backUp();
    client.call("data_hold", Map.of("snapshot_id", id, "reason", "an anchor"));
    JsonNode plan = client.call("data_hold", Map.of("snapshot_id", id, "release", true));
    assertThat(plan.at("/confirmation/question").stringValue()).contains(id, "an anchor", "sweep");
    client.call(
        "data_hold",
        Map.of("snapshot_id", id, "release", true, "confirmation", agent.agreed(plan)));
    assertThat(agent.backups().resolve(id).resolve("HOLD.json")).doesNotExist();
  }

  @Test
  void rescue_asks_withTablesAndCounts() throws Exception {
    String id = agent.backUp();
    Databases.run(agent.live("people"), "DELETE FROM entry WHERE id > 1");
    Databases.run(agent.live("notes"), "DELETE FROM entry WHERE id = 1");
    JsonNode plan = client.call("data_rescue", Map.of("snapshot_id", id, "apply", true));
    assertThat(plan.at("/confirmation/question").stringValue())
        .contains("Bring back 3 rows of " + id, "2 of people.entry, 1 of notes.entry");
    assertThat(plan.at("/confirmation/losses/0/returning").intValue()).isEqualTo(2);
  }

  @Test
  void agentsSnapshots_neverPushOutAPersonsAnchor_norFillTheDisk() throws Exception {
    Files.writeString(
        directory.resolve("config.local.yaml"),
        """
        backups:
          minimum_keep: 1
          retention: { hourly: 1, daily: 1, weekly: 1, monthly: 1, annual: 1, manual: 2, agent: 3 }
          directory: { path: %s }
        """
            .formatted(Files.createDirectory(directory.resolve("store"))));
    agent.takeAsPerson();
    String anchor = agent.takeAsPerson();
    for (int i = 0; i < 6; i++) {
      JsonNode taken = client.call("data_backup", Map.of("manual", true));
      assertThat(taken.get("snapshot_id").stringValue()).endsWith("-agent");
    }
    assertThat(names(agent.backups()))
        .contains(anchor)
        .filteredOn(it -> it.endsWith("-agent"))
        .hasSize(3);
    assertThat(names(agent.backups())).filteredOn(it -> it.endsWith("-manual")).hasSize(2);
    JsonNode remote =
        client.call("data_backup_list", Map.of("remote", true)).at("/remotes/0/snapshots");
    List<String> there = new ArrayList<>();
    remote.forEach(each -> there.add(each.get("id").stringValue()));
    assertThat(there).contains(anchor).filteredOn(it -> it.endsWith("-agent")).hasSize(3);
    assertThat(there).filteredOn(it -> it.endsWith("-manual")).hasSize(2);
    JsonNode shown = client.call("data_backup_show", Map.of("snapshot_id", there.getFirst()));
    assertThat(shown.at("/manifest/agent").booleanValue()).isTrue();
    assertThat(shown.at("/manifest/manual").booleanValue()).isFalse();
  }

  @Test
  void agentsHolds_areFew() throws Exception {
    Files.writeString(
        directory.resolve("config.local.yaml"), "backups: { retention: { agent: 30 } }");
    for (int i = 0; i < 20; i++) {
      String id =
          client.call("data_backup", Map.of("manual", true)).get("snapshot_id").stringValue();
      client.call("data_hold", Map.of("snapshot_id", id));
    }
    String more =
        client.call("data_backup", Map.of("manual", true)).get("snapshot_id").stringValue();
    assertThat(client.fail("data_hold", Map.of("snapshot_id", more)).get("message").stringValue())
        .contains("20 snapshots are held already");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> each.getFileName().toString())
          .filter(it -> it.startsWith("snap-"))
          .toList();
    }
  }
}
