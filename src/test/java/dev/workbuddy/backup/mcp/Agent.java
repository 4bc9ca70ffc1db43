package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A project with two databases, a server over it in this process, and a client of that server. */
final class Agent implements AutoCloseable {
  final ObedientClock clock = new ObedientClock("2026-03-04T05:06:07Z");
  final JsonRpcClient client;
  final CompletableFuture<Void> served;
  private final Path directory;

  Agent(Path directory) throws IOException, SQLException {
    this.directory = directory;
    furnish();
    Pipe toServer = Pipe.open();
    Pipe toClient = Pipe.open();
    Capabilities capabilities = Workspaces.in(directory, clock, clock);
    McpFace face = new McpFace(capabilities, "test", clock, new Random(7));
    served =
        CompletableFuture.runAsync(
            () -> serve(face, toServer, toClient), task -> Thread.ofPlatform().start(task));
    client =
        new JsonRpcClient(
            Channels.newInputStream(toClient.source()), Channels.newOutputStream(toServer.sink()));
  }

  private static void serve(McpFace face, Pipe in, Pipe out) {
    try (var answers = Channels.newOutputStream(out.sink())) {
      face.serve(Channels.newInputStream(in.source()), answers);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void furnish() throws IOException, SQLException {
    Files.writeString(
        directory.resolve("config.yaml"),
        """
        backups:
          databases:
            notes: { path: notes.db }
            people: { path: people.db }
        """);
    for (String name : List.of("notes", "people")) {
      Databases.run(
          live(name),
          "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)",
          "INSERT INTO entry (text) VALUES ('one'), ('two'), ('three')");
    }
  }

  Path live(String name) {
    return directory.resolve(".data/db").resolve(name + ".db");
  }

  Path backups() {
    return directory.resolve(".data/backups");
  }

  /** Two new rows, an old one changed, and one gone. */
  void harm(String name) throws IOException, SQLException {
    Databases.run(
        live(name),
        "INSERT INTO entry (text) VALUES ('four'), ('five')",
        "UPDATE entry SET text = 'changed' WHERE id = 1",
        "DELETE FROM entry WHERE id = 2");
  }

  List<String> texts(String name) throws SQLException {
    return Databases.ask(live(name), "SELECT text FROM entry ORDER BY id");
  }

  String backUp() throws IOException {
    return client.call("data_backup", Map.of()).get("snapshot_id").stringValue();
  }

  /** The token of a plan that was asked for. */
  static String token(JsonNode plan) {
    return plan.at("/confirmation/token").stringValue();
  }

  List<String> leftovers() throws IOException {
    return Listing.of(directory.resolve(".data")).stream()
        .filter(name -> name.contains(".partial") || name.contains("staging"))
        .toList();
  }

  @Override
  public void close() throws IOException {
    client.close();
    served.join();
  }
}
