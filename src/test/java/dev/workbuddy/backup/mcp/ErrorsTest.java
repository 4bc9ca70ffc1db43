package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Errors;
import dev.workbuddy.backup.testing.ObedientClock;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever ends a request of an agent, the agent is answered, and the server goes on. */
@Timeout(60)
class ErrorsTest {
  @TempDir private Path directory;

  private record Asked(String method, Map<String, Object> parameters) {}

  /** Each kind of work that the server does for a client. */
  private static final List<Asked> REQUESTS =
      List.of(
          new Asked("tools/call", Map.of("name", "data_backup_list", "arguments", Map.of())),
          new Asked("tools/call", Map.of("name", "data_restore", "arguments", restored())),
          new Asked("resources/read", Map.of("uri", "wb-backup://last_run.json")),
          new Asked("resources/read", Map.of("uri", "wb-backup://snapshots/latest/manifest")),
          new Asked(
              "completion/complete",
              Map.of(
                  "ref",
                  Map.of("type", "ref/prompt", "name", "wb-backup-restore"),
                  "argument",
                  Map.of("name", "snapshot_id", "value", ""))));

  private static Map<String, Object> restored() {
    return Map.of("snapshot_id", "latest");
  }

  @ParameterizedTest
  @EnumSource
  void requests_whateverTheirWorkThrows_areAnsweredAndTheServerEnds(Errors kind) throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    Databases.run(directory.resolve(".data/db/notes.db"), "CREATE TABLE entry (text TEXT)");
    Errors.Variables variables = new Errors.Variables(Map.of());
    ObedientClock clock = new ObedientClock("2026-03-04T05:06:07Z");
    McpFace face =
        new McpFace(
            Workspaces.in(directory, variables, clock, clock),
            Workspaces.questions(directory, clock),
            "test");
    PipedInputStream fromClient = new PipedInputStream(1 << 20);
    PipedInputStream fromServer = new PipedInputStream(1 << 20);
    JsonRpcClient client = new JsonRpcClient(fromServer, new PipedOutputStream(fromClient));
    try (PipedOutputStream answers = new PipedOutputStream(fromServer)) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> serve(face, fromClient, answers), task -> Thread.ofPlatform().start(task));
      client.initialize(Map.of());
      client.call("data_backup", Map.of());
      for (Asked asked : REQUESTS) {
        variables.set(kind);
        int before = variables.thrown();
        JsonNode answer = client.request(asked.method(), asked.parameters());
        assertThat(variables.thrown()).as(asked.toString()).isGreaterThan(before);
        assertThat(isError(answer)).as(asked + " " + answer).isTrue();

        variables.set(null);
        JsonNode next = client.request(asked.method(), asked.parameters());
        assertThat(isError(next)).as(asked + " " + next).isFalse();
      }
      client.close();
      served.join();
    }
  }

  private static void serve(McpFace face, PipedInputStream in, PipedOutputStream out) {
    try {
      face.serve(in, out);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isError(JsonNode answer) {
    return answer.has("error") || answer.at("/result/isError").asBoolean(false);
  }

  @ParameterizedTest
  @EnumSource
  void answer_thatCannotBeWritten_isAnErrorInItsPlace(Errors kind) throws Exception {
    WholeAnswers mapper = new WholeAnswers(new JacksonMcpJsonMapper(JsonMapper.shared()));

    Errors.Variables unwritable = new Errors.Variables(Map.of());
    unwritable.set(kind);

    String written =
        mapper.writeValueAsString(JSONRPCResponse.result(7, Map.of("value", unwritable)));

    JSONRPCResponse answer = (JSONRPCResponse) McpSchema.deserializeJsonRpcMessage(mapper, written);
    assertThat(answer.id()).isEqualTo(7);
    assertThat(answer.error().message()).contains("could not be written");
    assertThat(unwritable.thrown()).isPositive();
  }
}
