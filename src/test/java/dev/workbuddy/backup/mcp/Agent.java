package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.DataBackup;
import dev.workbuddy.backup.capability.Questions;
import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** A project with two databases, a server over it in this process, and a client of that server. */
final class Agent implements AutoCloseable {
  final ObedientClock clock = new ObedientClock("2026-03-04T05:06:07Z");
  final JsonRpcClient client;
  final Questions questions;
  final CompletableFuture<Void> served;
  private final Path directory;

  Agent(Path directory) throws IOException, SQLException {
    this.directory = directory;
    furnish();
    Capabilities capabilities = Workspaces.in(directory, clock, clock);
    questions = Workspaces.questions(directory, clock);
    McpFace face = new McpFace(capabilities, questions, "test");
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket near = new Socket(door.getInetAddress(), door.getLocalPort());
      Socket far = door.accept();
      served =
          CompletableFuture.runAsync(
              () -> serve(face, far), task -> Thread.ofPlatform().start(task));
      client = new JsonRpcClient(near.getInputStream(), new Ending(near));
    }
  }

  /** Closing it ends what the server reads, not what it writes. */
  private static final class Ending extends FilterOutputStream {
    private final Socket socket;

    Ending(Socket socket) throws IOException {
      super(socket.getOutputStream());
      this.socket = socket;
    }

    @Override
    public void close() throws IOException {
      if (!socket.isOutputShutdown()) {
        socket.shutdownOutput();
      }
    }
  }

  private static void serve(McpFace face, Socket socket) {
    try (socket) {
      face.serve(socket.getInputStream(), socket.getOutputStream());
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

  /** The id of an anchor that a person took on the terminal. */
  String takeAsPerson() throws IOException, InterruptedException {
    return Workspaces.in(directory, clock, clock)
        .dataBackup()
        .call(new DataBackup.Parameters(true, null, true), Progress.silent())
        .snapshotId()
        .toString();
  }

  /** The token of a plan that was asked for. */
  static String token(JsonNode plan) {
    return plan.at("/confirmation/token").stringValue();
  }

  /** The token of a plan that a person has agreed to since. */
  String agreed(JsonNode plan) throws IOException {
    questions.answer(token(plan), true);
    return token(plan);
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
