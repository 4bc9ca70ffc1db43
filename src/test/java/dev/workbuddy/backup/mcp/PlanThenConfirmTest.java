package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Confirmations;
import dev.workbuddy.backup.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Nothing is replaced or deleted before somebody saw what it would cost. */
class PlanThenConfirmTest {
  private static final List<String> BEFORE = List.of("one", "two", "three");
  private static final List<String> HARMED = List.of("changed", "three", "four", "five");

  @TempDir private Path directory;
  private Agent agent;
  private JsonRpcClient client;

  @BeforeEach
  void start() throws Exception {
    agent = new Agent(directory);
    client = agent.client;
  }

  @AfterEach
  void end() throws Exception {
    agent.close();
  }

  private String harmed() throws Exception {
    client.initialize(Map.of());
    String id = agent.backUp();
    agent.harm("notes");
    return id;
  }

  private static String code(JsonNode error) {
    return error.get("code").stringValue();
  }

  @Test
  void restore_firstCall_changesNothingAndCountsWhatWouldBeLost() throws Exception {
    String id = harmed();
    agent.clock.moveTo("2026-03-04T07:06:07Z");

    JsonNode plan = client.call("data_restore", Map.of("snapshot_id", id));

    assertThat(agent.texts("notes")).isEqualTo(HARMED);
    assertThat(plan.get("dry_run").booleanValue()).isTrue();
    JsonNode asked = plan.get("confirmation");
    assertThat(asked.get("question").stringValue()).contains("notes, people", "2026-03-04T05:06");
    assertThat(asked.get("age_seconds").longValue()).isBetween(7190L, 7200L);
    assertThat(Json.line(asked.get("losses")))
        .isEqualTo(
            "[{\"database\":\"notes\",\"table\":\"entry\",\"rows_now\":4,\"lost\":2,"
                + "\"reverted\":1,\"returning\":1}]");
    assertThat(asked.get("next").stringValue()).contains("data_restore", "confirmation");
  }

  @Test
  void alarmsAck_unknownAlarm_isRefusedBeforeAnybodyIsAsked() throws Exception {
    client.initialize(Map.of());
    Map<String, Object> unknown = Map.of("alarm_id", "12345678", "why", "x");
    assertThat(code(client.fail("data_alarms_ack", unknown))).isEqualTo("alarm-not-found");
  }

  @Test
  void alarmsAck_withoutAConfirmation_onlySaysWhatItMeans() throws Exception {
    client.initialize(Map.of());
    agent.backUp();
    Files.writeString(agent.backups().resolve("alarms.json"), "not what anybody wrote");

    JsonNode asked = client.call("data_alarms_ack", Map.of("all", true, "why", "x"));

    assertThat(Agent.token(asked)).isNotEmpty();
    assertThat(Json.line(asked)).contains("sweeps may delete").contains("cannot be read");
    assertThat(Files.readString(agent.backups().resolve("alarms.json"))).startsWith("not what");
  }

  @Test
  void restore_confirmed_bringsDataBackOnce() throws Exception {
    Map<String, Object> arguments = Map.of("snapshot_id", harmed());
    String token = agent.agreed(client.call("data_restore", arguments));
    Map<String, Object> confirmed =
        Map.of("snapshot_id", arguments.get("snapshot_id"), "confirmation", token);

    JsonNode result = client.call("data_restore", confirmed);

    assertThat(result.get("dry_run").booleanValue()).isFalse();
    assertThat(agent.texts("notes")).isEqualTo(BEFORE);
    agent.harm("notes");
    assertThat(code(client.fail("data_restore", confirmed))).isEqualTo("confirmation-invalid");
    assertThat(agent.texts("notes")).isEqualTo(HARMED);
  }

  @Test
  void restore_dataWrittenSinceThePlan_isRefused() throws Exception {
    String id = harmed();
    String token = agent.agreed(client.call("data_restore", Map.of("snapshot_id", id)));
    agent.harm("people");

    JsonNode error = client.fail("data_restore", Map.of("snapshot_id", id, "confirmation", token));

    assertThat(code(error)).isEqualTo("confirmation-invalid");
    assertThat(error.get("hint").stringValue()).contains("without confirmation");
    assertThat(agent.texts("notes")).isEqualTo(HARMED);
  }

  @Test
  void restore_tokenOfAnotherCall_isRefused() throws Exception {
    String id = harmed();
    String other = agent.backUp();
    String token = agent.agreed(client.call("data_restore", Map.of("snapshot_id", id)));
    List<Map<String, Object>> calls =
        List.of(
            Map.of("snapshot_id", other, "confirmation", token),
            Map.of("snapshot_id", id, "force", true, "confirmation", token),
            Map.of("snapshot_id", id, "only", List.of("notes"), "confirmation", token),
            Map.of("snapshot_id", id, "confirmation", token + "x"),
            Map.of("snapshot_id", id, "confirmation", "../" + token),
            Map.of("snapshot_id", id, "confirmation", "yes"),
            Map.of("snapshot_id", id, "confirmation", ""));
    for (Map<String, Object> call : calls) {
      assertThat(code(client.fail("data_restore", call))).isEqualTo("confirmation-invalid");
    }
    assertThat(code(client.fail("data_rollback", Map.of("confirmation", token))))
        .isEqualTo("nothing-to-roll-back");
    assertThat(agent.texts("notes")).isEqualTo(HARMED);
  }

  @Test
  void restore_tokenThatIsOld_isRefused() throws Exception {
    String id = harmed();
    String token = agent.agreed(client.call("data_restore", Map.of("snapshot_id", id)));
    agent.clock.sleep(Confirmations.LIFETIME);
    assertThat(code(client.fail("data_restore", Map.of("snapshot_id", id, "confirmation", token))))
        .isEqualTo("confirmation-invalid");
  }

  @Test
  void restore_thatDestroysNothing_asksNobody() throws Exception {
    String id = harmed();
    JsonNode dry = client.call("data_restore", Map.of("snapshot_id", id, "dry_run", true));
    assertThat(dry.has("confirmation")).isFalse();
  }

  @Test
  void restoreToADirectory_ofTheAgentsChoice_asksThePersonFirst() throws Exception {
    String id = harmed();
    String elsewhere = directory.resolve("elsewhere").toString();

    JsonNode plan = client.call("data_restore", Map.of("snapshot_id", id, "to", elsewhere));

    assertThat(Path.of(elsewhere)).doesNotExist();
    assertThat(plan.at("/confirmation/question").stringValue())
        .contains(elsewhere, "live data stays");
    client.call(
        "data_restore",
        Map.of("snapshot_id", id, "to", elsewhere, "confirmation", agent.agreed(plan)));
    assertThat(Path.of(elsewhere, "notes.db")).exists();
  }

  @Test
  void rollback_askedAndConfirmed_takesTheRestoreBack() throws Exception {
    String id = harmed();
    String token = agent.agreed(client.call("data_restore", Map.of("snapshot_id", id)));
    client.call("data_restore", Map.of("snapshot_id", id, "confirmation", token));

    JsonNode plan = client.call("data_rollback", Map.of());
    assertThat(agent.texts("notes")).isEqualTo(BEFORE);
    assertThat(plan.at("/confirmation/question").stringValue()).contains(id);
    client.call("data_rollback", Map.of("confirmation", agent.agreed(plan)));
    assertThat(agent.texts("notes")).isEqualTo(HARMED);
  }

  @Test
  void prune_asked_namesWhatWouldGoAndDeletesOnlyThat() throws Exception {
    client.initialize(Map.of());
    for (int i = 0; i < 5; i++) {
      agent.backUp();
    }
    Files.writeString(
        directory.resolve("config.local.yaml"),
        "backups: { minimum_keep: 1, retention: { hourly: 1, daily: 1, weekly: 1, monthly: 1 } }");
    long before = client.call("data_backup_list", Map.of()).get("snapshots").size();

    JsonNode plan = client.call("data_prune", Map.of());
    assertThat(client.call("data_backup_list", Map.of()).get("snapshots").size())
        .isEqualTo((int) before);
    assertThat(plan.at("/confirmation/question").stringValue())
        .contains("Delete ", " for good: snap-");
    JsonNode result = client.call("data_prune", Map.of("confirmation", agent.agreed(plan)));
    assertThat(result.get("deleted").size()).isEqualTo((int) before - 1);
  }

  private static Function<JsonNode, Map<String, Object>> accepting(boolean yes) {
    return _ -> Map.of("action", "accept", "content", Map.of("confirm", yes));
  }

  private String harmedWithPerson(Function<JsonNode, Map<String, Object>> person) throws Exception {
    client.initializeWithPerson(person);
    String id = agent.backUp();
    agent.harm("notes");
    return id;
  }

  @Test
  void restore_personAgrees_isDoneAtOnce() throws Exception {
    String id =
        harmedWithPerson(
            question -> {
              assertThat(question.get("message").stringValue())
                  .contains("of 4 rows 2 would be lost and 1 get older values; 1 would come back");
              return accepting(true).apply(question);
            });
    JsonNode result = client.call("data_restore", Map.of("snapshot_id", id));
    assertThat(result.has("confirmation")).isFalse();
    assertThat(agent.texts("notes")).isEqualTo(BEFORE);
  }

  @Test
  void restore_personSaysNo_isRefused() throws Exception {
    String id = harmedWithPerson(accepting(false));
    assertThat(code(client.fail("data_restore", Map.of("snapshot_id", id))))
        .isEqualTo("not-confirmed");
    assertThat(agent.texts("notes")).isEqualTo(HARMED);
  }

  @Test
  void restore_personDeclines_isRefused() throws Exception {
    String id = harmedWithPerson(_ -> Map.of("action", "decline"));
    assertThat(code(client.fail("data_restore", Map.of("snapshot_id", id))))
        .isEqualTo("not-confirmed");
    assertThat(agent.texts("notes")).isEqualTo(HARMED);
  }

  @Test
  void restore_dataWrittenWhileThePersonThought_isRefused() throws Exception {
    String id =
        harmedWithPerson(
            question -> {
              try {
                agent.harm("people");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return accepting(true).apply(question);
            });
    assertThat(code(client.fail("data_restore", Map.of("snapshot_id", id))))
        .isEqualTo("confirmation-invalid");
    assertThat(agent.texts("notes")).isEqualTo(HARMED);
  }
}
