package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Effect;
import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an agent may say to the server, and what it hears. */
class ConversationTest {
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

  @Test
  void requests_beforeInitialize_areRefusedAtOnce() throws Exception {
    JsonNode early =
        client.request("tools/call", Map.of("name", "data_backup", "arguments", Map.of()));
    assertThat(early.at("/error/message").stringValue()).contains("before initialize");
    assertThat(client.request("ping", Map.of()).get("result").isObject()).isTrue();

    client.initialize(Map.of());

    assertThat(client.request("tools/list", Map.of()).at("/result/tools").isArray()).isTrue();
  }

  @Test
  void toolThatIsNot_isNamedInTheMessage() throws Exception {
    client.initialize(Map.of());
    JsonNode answer = client.request("tools/call", Map.of("name", "data_burn"));
    assertThat(answer.at("/error/message").stringValue()).contains("data_burn");
  }

  @Test
  void snapshotIds_areCompleted_forThePromptAndTheManifest() throws Exception {
    client.initialize(Map.of());
    String id = agent.backUp();
    List<Map<String, String>> places =
        List.of(
            Map.of("type", "ref/prompt", "name", "wb-backup-restore"),
            Map.of("type", "ref/resource", "uri", ResourceList.MANIFESTS));
    for (Map<String, String> place : places) {
      String name = place.containsKey("uri") ? "id" : "snapshot_id";
      assertThat(completed(place, name, "snap-")).containsExactly(id);
      assertThat(completed(place, name, "")).containsExactly("latest", id);
      assertThat(completed(place, name, "../")).isEmpty();
    }
  }

  private List<String> completed(Map<String, String> place, String name, String typed)
      throws Exception {
    JsonNode answer =
        client.request(
            "completion/complete",
            Map.of("ref", place, "argument", Map.of("name", name, "value", typed)));
    return answer.at("/result/completion/values").values().stream()
        .map(JsonNode::stringValue)
        .toList();
  }

  @Test
  void tools_areTheCapabilities_withWhatTheyDo() throws Exception {
    client.initialize(Map.of());
    List<Capability<?, ?>> capabilities = Workspaces.in(directory, agent.clock, agent.clock).all();
    JsonNode tools = client.request("tools/list", Map.of()).at("/result/tools");
    assertThat(tools.size()).isEqualTo(capabilities.size());
    for (int i = 0; i < capabilities.size(); i++) {
      Capability<?, ?> capability = capabilities.get(i);
      JsonNode tool = tools.get(i);
      assertThat(tool.get("name").stringValue()).isEqualTo(capability.name());
      JsonNode hints = tool.get("annotations");
      assertThat(hints.get("title").stringValue()).isEqualTo(capability.title());
      assertThat(hints.get("readOnlyHint").booleanValue())
          .isEqualTo(capability.effect() == Effect.READS);
      boolean destroys = capability.effect().isGuarded();
      assertThat(hints.get("destructiveHint").booleanValue()).isEqualTo(destroys);
      boolean asks = capability.rehearsal() != null;
      assertThat(tool.at("/inputSchema/properties").has("confirmation")).isEqualTo(asks);
      assertThat(tool.at("/outputSchema/properties").has("confirmation")).isEqualTo(asks);
      assertThat(tool.at("/outputSchema/properties/status/enum").size())
          .isEqualTo(Status.values().length);
    }
  }

  @Test
  void linesThatAreNoMessages_areRefusedAndTheConversationGoesOn() throws Exception {
    client.initialize(Map.of());
    for (String garbage :
        List.of("garbage", "{", "[]", "42", "{\"jsonrpc\":\"2.0\"}", "\u0000", "\"x\"")) {
      client.send(garbage);
      JsonNode refused = client.next();
      assertThat(refused.get("id").isNull()).as(garbage).isTrue();
      assertThat(refused.at("/error/code").intValue()).isEqualTo(-32700);
    }
    client.send("{\"x\":\"" + "x".repeat(5 << 20) + "\"}");
    assertThat(client.next().at("/error/code").intValue()).isEqualTo(-32600);
    client.send("");
    assertThat(client.request("ping", Map.of()).has("result")).isTrue();
  }

  @Test
  void requestsThatCannotBeAnswered_haveErrors() throws Exception {
    client.initialize(Map.of());
    assertThat(client.request("no/such", Map.of()).at("/error/code").intValue()).isEqualTo(-32601);
    JsonNode unknown =
        client.request("tools/call", Map.of("name", "no_such_tool", "arguments", Map.of()));
    assertThat(unknown.at("/error/data").stringValue()).contains("no_such_tool");
    assertThat(client.request("tools/call", List.of()).has("error")).isTrue();
    assertThat(client.request("ping", Map.of()).has("result")).isTrue();
  }

  @Test
  void badArguments_areTheToolsErrorWithCodeAndHint() throws Exception {
    client.initialize(Map.of());
    JsonNode error = client.fail("data_restore", Map.of("snapshot", "latest", "force", "yes"));
    assertThat(error.get("code").stringValue()).isEqualTo("usage");
    assertThat(error.get("message").stringValue())
        .contains("no parameter 'snapshot'", "force is \"yes\"", "snapshot_id is missing");
    assertThat(error.get("hint").stringValue()).contains("snapshot_id (required)");
    for (String id : List.of("../../etc", "snap-2026-03-04T05-06-07Z/../x", "")) {
      assertThat(client.fail("data_restore", Map.of("snapshot_id", id)).get("code").stringValue())
          .isIn("snapshot-id-invalid", "snapshot-not-found");
    }
  }

  @Test
  void brokenConfiguration_isTheToolsErrorUntilItIsMended() throws Exception {
    client.initialize(Map.of());
    Path config = directory.resolve("config.yaml");
    String good = Files.readString(config);
    Files.writeString(config, "backups: { databasez: {} }");
    JsonNode error = client.fail("data_backup", Map.of());
    assertThat(error.get("code").stringValue()).isEqualTo("config-invalid");
    Files.writeString(config, good);
    client.call("data_backup", Map.of());
  }

  @Test
  void anotherRunInTheWay_isTheToolsError() throws Exception {
    client.initialize(Map.of());
    agent.backUp();
    try (RunLock _ = RunLock.acquire(agent.backups().resolve("lock"), "be in the way")) {
      assertThat(client.fail("data_backup", Map.of()).get("code").stringValue())
          .isEqualTo("lock-held");
    }
    client.call("data_backup", Map.of());
  }

  @Test
  void progress_isToldToWhoGaveAToken() throws Exception {
    client.initialize(Map.of());
    client.call("data_backup", Map.of());
    assertThat(client.notifications()).isEmpty();

    client.request(
        "tools/call",
        Map.of(
            "name", "data_backup", "arguments", Map.of(), "_meta", Map.of("progressToken", "p")));

    List<JsonNode> told = client.notifications();
    assertThat(told)
        .extracting(each -> each.at("/params/message").stringValue())
        .contains("copying notes", "packing people");
    assertThat(told)
        .allSatisfy(
            each -> assertThat(each.at("/params/progressToken").stringValue()).isEqualTo("p"));
    assertThat(told)
        .extracting(each -> each.at("/params/progress").doubleValue())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void prompts_carryWhatThePersonGave() throws Exception {
    client.initialize(Map.of());
    JsonNode prompts = client.request("prompts/list", Map.of()).at("/result/prompts");
    assertThat(prompts.valueStream().map(prompt -> prompt.get("name").stringValue()))
        .containsExactly("wb-backup-now", "wb-backup-restore");
    JsonNode prompt =
        client.request(
            "prompts/get",
            Map.of("name", "wb-backup-restore", "arguments", Map.of("snapshot_id", "snap-x")));
    assertThat(prompt.at("/result/messages/0/content/text").stringValue())
        .contains("data_restore", "\"snap-x\"")
        .doesNotContain("$ARGUMENTS");
  }

  @Test
  void resources_areManifestsAndTheLastRun() throws Exception {
    client.initialize(Map.of());
    assertThat(read("wb-backup://last_run.json").has("error")).isTrue();
    String id = agent.backUp();
    assertThat(text(read("wb-backup://last_run.json"))).contains(id, "\"done\"");
    assertThat(text(read("wb-backup://snapshots/" + id + "/manifest")))
        .contains("\"manifest_version\" : 1", "\"row_counts\"");
    assertThat(text(read("wb-backup://snapshots/latest/manifest"))).contains("row_counts");
    for (String uri :
        List.of(
            "wb-backup://snapshots/../manifest",
            "wb-backup://snapshots/snap-2020-01-01T00-00-00Z/manifest",
            "file:///etc/passwd")) {
      assertThat(read(uri).has("error")).as(uri).isTrue();
    }
  }

  @Test
  void resources_aRestoreOnAMachineWithoutARun_isToldToo() throws Exception {
    client.initialize(Map.of());
    String id = agent.backUp();
    Files.delete(agent.backups().resolve("last_run.json"));
    String token = agent.agreed(client.call("data_restore", Map.of("snapshot_id", id)));
    client.call("data_restore", Map.of("snapshot_id", id, "confirmation", token));

    JsonNode document =
        Json.parse(text(read("wb-backup://last_run.json")).getBytes(StandardCharsets.UTF_8));
    assertThat(document.get("status").stringValue()).isEqualTo("none");
    assertThat(document.at("/last_restore/snapshot_id").stringValue()).isEqualTo(id);
    JsonNode told = client.call("data_last_run", Map.of());
    assertThat(told.get("state").stringValue()).isEqualTo("none");
    assertThat(told.at("/last_restore/status").stringValue()).isEqualTo("done");
  }

  private JsonNode read(String uri) throws Exception {
    return client.request("resources/read", Map.of("uri", uri));
  }

  private static String text(JsonNode answer) {
    return answer.at("/result/contents/0/text").stringValue();
  }
}
