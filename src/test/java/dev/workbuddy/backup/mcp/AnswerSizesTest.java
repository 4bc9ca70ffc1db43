package dev.workbuddy.backup.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.testing.Databases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whatever lies there, an agent is told no more than it can read. */
class AnswerSizesTest {
  /** Several times what would fit if all of it were told. */
  private static final int TABLES = 300;

  private static final int FILES = 2_000;
  private static final int SNAPSHOTS = 300;
  private static final int USUAL = 24 << 10;
  private static final Map<String, Integer> LESS =
      Map.of("data_restore", 8 << 10, "data_health", 16 << 10);

  /** What each tool is called with; a tool that is not here fails the test. */
  private static Map<String, Map<String, Object>> calls(String id) {
    Map<String, Map<String, Object>> calls = new TreeMap<>();
    for (String plain :
        List.of(
            "data_backup",
            "data_backup_list",
            "data_push",
            "data_prune",
            "data_alarms",
            "data_last_run",
            "data_runs",
            "data_health",
            "migrate_status",
            "migrate_run",
            "config_show",
            "data_rollback",
            "data_schedule_install",
            "data_schedule_status",
            "data_schedule_uninstall",
            "config_init")) {
      calls.put(plain, Map.of());
    }
    for (String ofOne :
        List.of(
            "data_backup_show",
            "data_verify",
            "data_restore",
            "data_hold",
            "data_pull",
            "data_take_over")) {
      calls.put(ofOne, Map.of("snapshot_id", id));
    }
    calls.put("data_diff", Map.of("before", id, "rows", true));
    calls.put("data_rescue", Map.of("snapshot_id", id, "apply", true));
    calls.put("data_drill", Map.of("local", true));
    calls.put("data_alarms_ack", Map.of("all", true, "why", "x"));
    calls.put("data_health_fix", Map.of("requirement", "restore-rehearsed"));
    calls.put("data_health_prefer", Map.of("component", "schedule", "choice", "unwanted"));
    calls.put("migrate_new", Map.of("name", "x", "database", "notes"));
    calls.put(
        "data_query",
        Map.of("snapshot_id", id, "database", "notes", "sql", "SELECT * FROM sqlite_master"));
    return calls;
  }

  private static void crowd(Path directory) throws Exception {
    Files.writeString(
        directory.resolve("config.local.yaml"), "backups: { retention: { hourly: unbounded } }");
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      tables.add("CREATE TABLE a_table_with_a_name_%d (id INTEGER PRIMARY KEY, text)".formatted(i));
      tables.add("INSERT INTO a_table_with_a_name_%d (text) VALUES ('x'), ('y')".formatted(i));
    }
    tables.addFirst("BEGIN");
    tables.add("COMMIT");
    Databases.run(directory.resolve(".data/db/notes.db"), tables.toArray(String[]::new));
    for (int i = 0; i < FILES; i++) {
      Files.createFile(directory.resolve(".data/db/attachment-with-a-name-%d.bin".formatted(i)));
    }
  }

  private static void age(Path backups, String id) throws IOException {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'").withZone(ZoneOffset.UTC);
    for (int i = 1; i <= SNAPSHOTS; i++) {
      Instant time = Instant.parse("2026-03-01T00:00:00Z").minusSeconds(3_600L * i);
      Path copy = Files.createDirectory(backups.resolve("snap-" + format.format(time)));
      Files.copy(backups.resolve(id).resolve("MANIFEST.json"), copy.resolve("MANIFEST.json"));
    }
  }

  @Test
  void answersOfEveryTool_inACrowdedPlace_areShort(@TempDir Path directory) throws Exception {
    try (Agent agent = new Agent(directory)) {
      crowd(directory);
      agent.client.initialize(Map.of());
      String id = agent.backUp();
      age(agent.backups(), id);
      List<String> harm = new ArrayList<>(List.of("BEGIN"));
      for (int i = 0; i < TABLES; i++) {
        harm.add("DELETE FROM a_table_with_a_name_%d WHERE id = 1".formatted(i));
      }
      harm.add("COMMIT");
      Databases.run(agent.live("notes"), harm.toArray(String[]::new));
      Map<String, Map<String, Object>> calls = calls(id);
      assertThat(Workspaces.in(directory, agent.clock, agent.clock).all())
          .extracting(Capability::name)
          .containsExactlyInAnyOrderElementsOf(calls.keySet());
      Map<String, Integer> tooLong = new TreeMap<>();
      for (var call : calls.entrySet()) {
        JsonNode answer =
            agent.client.request(
                "tools/call", Map.of("name", call.getKey(), "arguments", call.getValue()));
        int bytes = answer.at("/result/content/0/text").stringValue().getBytes(UTF_8).length;
        if (bytes > LESS.getOrDefault(call.getKey(), USUAL)) {
          tooLong.put(call.getKey(), bytes);
        }
      }
      assertThat(tooLong).isEmpty();
      JsonNode plan = agent.client.call("data_restore", Map.of("snapshot_id", id));
      assertThat(Json.line(plan.get("shortened")))
          .contains("/plan/carried_over", "/confirmation/losses");
      assertThat(plan.at("/confirmation/token").stringValue()).isNotEmpty();
      JsonNode list = agent.client.call("data_backup_list", Map.of());
      String last =
          list.get("snapshots").get(list.get("snapshots").size() - 1).get("id").stringValue();
      JsonNode older = agent.client.call("data_backup_list", Map.of("older_than", last));
      assertThat(older.at("/snapshots/0/id").stringValue()).isLessThan(last);
    }
  }

  @Test
  void listOfTools_isShort(@TempDir Path directory) throws Exception {
    try (Agent agent = new Agent(directory)) {
      agent.client.initialize(Map.of());
      JsonNode tools = agent.client.request("tools/list", Map.of());
      assertThat(Json.line(tools).getBytes(UTF_8).length).isLessThan(40 << 10);
    }
  }
}
