package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that shares no code with the server: the official one for TypeScript. */
class TypescriptClientTest {
  private static final String SDK = "@modelcontextprotocol/sdk@1.32.2";
  private static final Path HOME = Path.of("target/mcp-client").toAbsolutePath();

  @TempDir private Path directory;

  /** Installed once, below the build's directory. */
  private static void install() throws IOException, InterruptedException {
    if (!Files.isDirectory(HOME.resolve("node_modules/@modelcontextprotocol/sdk/dist"))) {
      Files.createDirectories(HOME);
      Files.writeString(HOME.resolve("package.json"), "{\"private\": true}");
      Process npm =
          new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", SDK)
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(HOME.resolve("npm.log").toFile())
              .start();
      Tools.requirePermission(npm.waitFor() == 0, "npm could not install " + SDK);
    }
    Files.copy(
        Path.of("src/test/node/get-data-back.mjs"),
        HOME.resolve("get-data-back.mjs"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void typescriptClient_getsDataBackAndTakesTheRestoreBack() throws Exception {
    Tools.require("node", "npm");
    install();
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    Databases.run(
        directory.resolve(".data/db/notes.db"),
        "CREATE TABLE entry (text TEXT)",
        "INSERT INTO entry VALUES ('one'), ('two')");
    List<String> command = new ArrayList<>(List.of("node", "get-data-back.mjs"));
    command.addAll(ServerProcess.command(directory));

    String said = Tools.run(HOME, command);

    assertThat(said)
        .contains("\"copying notes\"", "\"planned\":true", "\"prompt\":1", "\"lastRun\":\"ok\"")
        .contains("\"questions\":1", "\"undone\":true");
  }
}
