package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.testing.Databases;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the API answers. */
class ApiTest {
  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    site = new Site(directory);
  }

  @AfterEach
  void end() {
    site.close();
  }

  private String backUp() throws Exception {
    return site.call("data_backup", Map.of("push", false)).get("snapshot_id").stringValue();
  }

  @Test
  void graph_hasTheDomainAndItsComponents() throws Exception {
    JsonNode graph = site.get("/api/control/graph");
    List<String> ids =
        graph.get("nodes").values().stream().map(node -> node.get("id").stringValue()).toList();
    assertThat(ids)
        .contains("domain:backups", "component:configuration", "component:github_backups");
    assertThat(ids).contains("capability:data_backup");
    String before = graph.get("built_at").stringValue();
    assertThat(site.get("/api/control/graph").get("built_at").stringValue()).isEqualTo(before);
    assertThat(site.get("/api/control/graph?force=1").get("built_at").stringValue())
        .isGreaterThan(before);
  }

  @Test
  void graph_inTheShapeOfTheSettingsTab_isDrawnFromTheDomain() throws Exception {
    JsonNode nodes = site.get("/api/control/graph?shape=settings").get("nodes");

    nodes
        .properties()
        .forEach(
            node -> assertThat(node.getValue().get("id").stringValue()).isEqualTo(node.getKey()));
    List<JsonNode> components =
        nodes.values().stream()
            .filter(node -> node.get("grouping_parents").toString().contains("domain:backups"))
            .toList();
    assertThat(components).extracting(node -> node.get("kind").stringValue()).contains("component");
    for (JsonNode component : components) {
      assertThat(component.get("preference").stringValue())
          .isIn("required", "wanted", "unwanted", "undecided");
      component
          .get("requirement_ids")
          .values()
          .forEach(id -> assertThat(nodes.has(id.stringValue())).as(id.toString()).isTrue());
      component
          .get("dependencies")
          .values()
          .forEach(needed -> assertThat(nodes.has(needed.get("target_id").stringValue())).isTrue());
    }
    JsonNode github = nodes.get("component:github_backups");
    assertThat(github.get("component_id").stringValue()).isEqualTo("github_backups");
    assertThat(github.get("affects_capabilities").toString()).contains("data_backup");
    assertThat(nodes.get("req:repo-configured").get("fix_kind").stringValue())
        .isEqualTo("input_required");
  }

  @Test
  void preference_isWrittenAndSeenInTheGraph() throws Exception {
    String wanted =
        "{\"component\":\"github_backups\",\"choice\":\"unwanted\",\"reason\":\"a disk\"%s}";
    HttpResponse<String> asked = site.post("/api/control/preference", wanted.formatted(""));
    String token = Site.json(asked).at("/confirmation/token").stringValue();
    HttpResponse<String> done =
        site.post(
            "/api/control/preference",
            wanted.formatted(",\"confirmation\":\"%s\"".formatted(token)));
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    JsonNode github =
        site.get("/api/control/graph").get("nodes").values().stream()
            .filter(node -> node.get("id").stringValue().equals("component:github_backups"))
            .findFirst()
            .orElseThrow();
    assertThat(github.get("effective_state").stringValue()).isEqualTo("disabled");
    assertThat(github.get("reason").stringValue()).isEqualTo("a disk");
  }

  @Test
  void fix_ofWhatNobodyKnows_isRefused() throws Exception {
    HttpResponse<String> response = site.post("/api/control/fix/nothing-like-it", "{}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Site.json(response).at("/error/hint").stringValue()).isNotBlank();
  }

  @Test
  void snapshotsRunsAndCurves_tellOfWhatWasTaken() throws Exception {
    String id = backUp();
    assertThat(site.get("/api/snapshots").at("/snapshots/0/id").stringValue()).isEqualTo(id);
    assertThat(site.get("/api/snapshots/" + id).at("/manifest/row_counts/notes/entry").longValue())
        .isEqualTo(3);
    JsonNode runs = site.get("/api/runs");
    assertThat(runs.at("/last_run/snapshot_id").stringValue()).isEqualTo(id);
    assertThat(runs.at("/runs/0/phases").size()).isPositive();
    assertThat(site.get("/api/curves").at("/points/0/rows/notes/entry").longValue()).isEqualTo(3);
  }

  @Test
  void badRequests_getACodeAMessageAndAHint() throws Exception {
    expect(site.post("/api/capabilities/data_backup", "{\"labell\":1}"), 400, "usage");
    expect(site.post("/api/capabilities/data_backup", "{\"manual\":\"often\"}"), 400, "usage");
    expect(site.post("/api/capabilities/data_backup", "{"), 400, "not-json");
    expect(site.post("/api/capabilities/data_backup", "[]"), 400, "not-json");
    expect(site.post("/api/capabilities/nothing", "{}"), 404, "capability-unknown");
    expect(site.send(site.request("/api/snapshots/..%2f..%2fetc")), 400, null);
    expect(
        site.send(site.request("/api/snapshots/snap-1999-01-01T00-00-00Z")),
        404,
        "snapshot-not-found");
    expect(site.send(site.request("/api/jobs/none")), 404, "job-unknown");
    expect(site.send(site.request("/nothing")), 404, "not-found");
    expect(site.send(site.request("/api/control/graph").DELETE()), 405, "method-unknown");
    HttpRequest.Builder form =
        site.request("/api/capabilities/data_backup")
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    expect(site.send(form), 415, "not-json");
    assertThat(site.backups().resolve("last_run.json")).doesNotExist();
  }

  private static void expect(HttpResponse<String> response, int status, @Nullable String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    if (code != null) {
      assertThat(Site.code(response)).isEqualTo(code);
      assertThat(Site.json(response).at("/error/message").stringValue()).isNotBlank();
      assertThat(Site.json(response).at("/error/hint").stringValue()).isNotBlank();
    }
  }

  @Test
  void restore_isPlannedFirstAndDoneWithTheTokenOnce() throws Exception {
    String id = backUp();
    Databases.run(site.live(), "DELETE FROM entry WHERE id > 1");

    JsonNode plan = site.call("data_restore", Map.of("snapshot_id", id));
    assertThat(site.texts()).containsExactly("one");
    assertThat(plan.at("/confirmation/losses/0/returning").longValue()).isEqualTo(2);

    String body =
        "{\"snapshot_id\":\"%s\",\"confirmation\":\"%s\"}"
            .formatted(id, plan.at("/confirmation/token").stringValue());
    assertThat(site.post("/api/capabilities/data_restore", body).statusCode()).isEqualTo(200);
    assertThat(site.texts()).containsExactly("one", "two", "three");
    expect(site.post("/api/capabilities/data_restore", body), 409, "confirmation-invalid");
  }

  @Test
  void longCall_isAJobThatTellsItsProgress() throws Exception {
    HttpRequest.Builder request =
        site.request("/api/capabilities/data_backup")
            .header("Content-Type", "application/json")
            .header("Prefer", "respond-async")
            .POST(HttpRequest.BodyPublishers.ofString("{\"push\":false}"));
    HttpResponse<String> accepted = site.send(request);
    assertThat(accepted.statusCode()).isEqualTo(202);
    String job = accepted.headers().firstValue("Location").orElseThrow();

    HttpResponse<String> events = site.send(site.request(job + "/events"));
    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    assertThat(events.body()).contains("event: end\ndata: {").endsWith("\n\n");
    JsonNode end = site.get(job);
    assertThat(end.get("state").stringValue()).isEqualTo("done");
    assertThat(end.at("/answer/snapshot_id").stringValue()).startsWith("snap-");
  }

  @Test
  void openApi_listsEveryCapability() throws Exception {
    JsonNode document = site.get("/api/openapi.json");
    assertThat(document.get("openapi").stringValue()).startsWith("3.1");
    for (Capability<?, ?> capability : site.capabilities.all()) {
      JsonNode operation = document.get("paths").path("/api/capabilities/" + capability.name());
      assertThat(operation.at("/post/operationId").stringValue()).isEqualTo(capability.name());
      assertThat(
              operation.at("/post/requestBody/content/application~1json/schema/type").stringValue())
          .isEqualTo("object");
    }
  }

  @Test
  void mcp_isMountedBehindTheSameGate() throws Exception {
    String initialize =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",
         "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
        """;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(site.at("/mcp"))
            .header("Authorization", "Bearer " + site.face.agentToken())
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(initialize));
    HttpResponse<String> response = site.send(request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).contains("\"serverInfo\"", "wb-backup");
    assertThat(response.headers().firstValue("mcp-session-id")).isPresent();
  }
}
