package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real program, from its first byte to its end. */
class ServerProcessTest {
  @TempDir private Path directory;

  @Test
  void standardOutput_carriesMessagesAndNothingElse() throws Exception {
    Tools.require("sh", "sqlite3");
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        backups:
          databases:
            notes:
              path: notes.db
              max_schema_version: 2
              migrate_command:
                - sh
                - -c
                - 'echo noise; echo noise >&2; sqlite3 "$0" "PRAGMA user_version = 2"'
                - "{db}"
        """);
    Databases.run(
        directory.resolve(".data/db/notes.db"),
        "CREATE TABLE entry (text TEXT)",
        "INSERT INTO entry VALUES ('one')",
        "PRAGMA user_version = 1");
    Process process = ServerProcess.builder(directory).start();
    JsonRpcClient client = new JsonRpcClient(process.getInputStream(), process.getOutputStream());
    client.initialize(Map.of());
    client.call("data_backup", Map.of());
    client.call("data_verify", Map.of());
    String token = Agent.token(client.call("data_restore", Map.of("snapshot_id", "latest")));
    Workspaces.questions(directory, InstantSource.system()).answer(token, true);
    JsonNode restored =
        client.call("data_restore", Map.of("snapshot_id", "latest", "confirmation", token));
    assertThat(restored.at("/migrated/notes").isObject()).isTrue();
    client.fail("data_restore", Map.of("snapshot_id", "nonsense"));
    client.send("garbage");
    assertThat(client.next().has("error")).isTrue();
    client.close();

    JsonNode rest = client.read();
    assertThat(rest).isNull();
    assertThat(process.waitFor()).isZero();
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .doesNotContain("Exception");
  }
}
