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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  /** Within one call of SQLite that nothing can interrupt, here or in the process that asks. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Timeout(120)
  void end_whileAQueryHangs_isAtOnceAndLeavesNoProcess(boolean killed) throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    Databases.run(directory.resolve(".data/db/notes.db"), "CREATE TABLE entry (text TEXT)");
    Process process = ServerProcess.builder(directory).start();
    JsonRpcClient client = new JsonRpcClient(process.getInputStream(), process.getOutputStream());
    client.initialize(Map.of());
    client.call("data_backup", Map.of());
    String hanging =
        "SELECT ltrim(hex(zeroblob(16000000)), replace(hex(zeroblob(9999)), '0', 'ab') || '0')";
    int _ =
        client.ask(
            "tools/call",
            Map.of(
                "name",
                "data_query",
                "arguments",
                Map.of(
                    "snapshot_id",
                    "latest",
                    "database",
                    "notes",
                    "sql",
                    hanging,
                    "timeout_seconds",
                    3600)));
    ProcessHandle asking = firstChild(process);

    if (killed) {
      process.destroyForcibly();
    } else {
      process.toHandle().destroy();
    }

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    asking.onExit().get(60, TimeUnit.SECONDS);
  }

  private static ProcessHandle firstChild(Process process) {
    Optional<ProcessHandle> child = Optional.empty();
    while (child.isEmpty()) {
      Thread.onSpinWait();
      child = process.children().findFirst();
    }
    return child.get();
  }
}
