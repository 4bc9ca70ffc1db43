package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.testing.Databases;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK's own client: takes a snapshot, loses data, and gets it back. */
class OfficialClientTest {
  @TempDir private Path directory;
  private final Queue<String> progress = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void furnish() throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    Databases.run(
        live(), "CREATE TABLE entry (text TEXT)", "INSERT INTO entry VALUES ('one'), ('two')");
  }

  private Path live() {
    return directory.resolve(".data/db/notes.db");
  }

  private McpSyncClient client(McpClientTransport transport) {
    return McpClient.sync(transport)
        .requestTimeout(Duration.ofSeconds(60))
        .progressConsumer(told -> progress.add(String.valueOf(told.message())))
        .enableCallToolSchemaCaching(true)
        .build();
  }

  @Test
  void overStandardStreams_getsDataBack() throws Exception {
    List<String> command = ServerProcess.command(directory);
    ServerParameters server =
        ServerParameters.builder(command.getFirst())
            .args(command.subList(1, command.size()))
            .build();
    try (McpSyncClient client =
        client(new StdioClientTransport(server, McpJsonDefaults.getMapper()))) {
      getDataBack(client);
    }
  }

  @Test
  void overHttp_getsDataBack() throws Exception {
    try (HttpSite site = new HttpSite(directory);
        McpSyncClient client =
            client(HttpClientStreamableHttpTransport.builder(site.address()).build())) {
      getDataBack(client);
    }
  }

  private void getDataBack(McpSyncClient client) throws Exception {
    assertThat(client.initialize().serverInfo().name()).isEqualTo("wb-backup");
    assertThat(client.listTools().tools()).hasSizeGreaterThan(15);
    assertThat(client.listPrompts().prompts()).hasSize(2);
    assertThat(client.listResources().resources()).hasSize(1);

    Object id = call(client, "data_backup", Map.of("label", "before")).get("snapshot_id");
    assertThat(progress).contains("copying notes");
    Databases.run(live(), "DELETE FROM entry");
    Map<?, ?> plan = call(client, "data_restore", Map.of("snapshot_id", id));
    assertThat(Databases.ask(live(), "SELECT text FROM entry")).isEmpty();
    Map<?, ?> confirmation = (Map<?, ?>) Objects.requireNonNull(plan.get("confirmation"));
    Object token = Objects.requireNonNull(confirmation.get("token"));
    Map<String, Object> confirmed = Map.of("snapshot_id", id, "confirmation", token);
    assertThat(ask(client, "data_restore", confirmed).isError()).isTrue();
    Workspaces.questions(directory, InstantSource.system()).answer(token.toString(), true);
    call(client, "data_restore", confirmed);
    assertThat(Databases.ask(live(), "SELECT text FROM entry")).isEqualTo(List.of("one", "two"));
    assertThat(ask(client, "data_restore", confirmed).isError()).isTrue();
  }

  private static Map<?, ?> call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    CallToolResult result = ask(client, tool, arguments);
    assertThat(result.isError()).as("%s", result.content()).isFalse();
    return (Map<?, ?>) Objects.requireNonNull(result.structuredContent());
  }

  private static CallToolResult ask(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(
        McpSchema.CallToolRequest.builder(tool).arguments(arguments).progressToken("p").build());
  }
}
