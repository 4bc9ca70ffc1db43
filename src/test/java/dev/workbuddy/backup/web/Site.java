package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Questions;
import dev.workbuddy.backup.capability.Workspaces;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.testing.Databases;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** A project with one database, served on a port of its own, and a visitor who has the token. */
final class Site implements AutoCloseable {
  private static final String LIVE = ".data/db/notes.db";

  final WebFace face;
  final Capabilities capabilities;
  final Questions questions;
  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();

  Site(Path directory) throws IOException, SQLException {
    this(directory, "");
  }

  /**
   * @param settings further lines of its configuration
   */
  Site(Path directory, String settings) throws IOException, SQLException {
    this(furnished(directory, settings), Map.of());
  }

  /** A directory as it is, perhaps without any configuration. */
  Site(Path directory, Map<String, String> environment) {
    this(directory, environment, new Random(7));
  }

  /** The same; servers tell apart what they gave out by what is random in it. */
  Site(Path directory, Map<String, String> environment, RandomGenerator random) {
    this.directory = directory;
    InstantSource clock = InstantSource.system();
    questions = Workspaces.questions(directory, clock);
    capabilities = Workspaces.in(directory, environment, clock, Sleeper.real());
    face =
        WebFace.start(
            capabilities,
            questions,
            "test",
            WebOptions.local(),
            clock,
            random,
            task -> Thread.ofPlatform().start(task));
  }

  private static Path furnished(Path directory, String settings) throws IOException, SQLException {
    Files.writeString(
        directory.resolve("config.yaml"),
        "backups:\n  databases: { notes: { path: notes.db } }\n" + settings);
    Databases.run(
        directory.resolve(LIVE),
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)",
        "INSERT INTO entry (text) VALUES ('one'), ('two'), ('three')");
    return directory;
  }

  Path live() {
    return directory.resolve(LIVE);
  }

  Path backups() {
    return directory.resolve(".data/backups");
  }

  List<String> texts() throws SQLException {
    return Databases.ask(live(), "SELECT text FROM entry ORDER BY id");
  }

  String token() {
    return face.addressWithToken().replaceFirst(".*token=", "");
  }

  URI at(String path) {
    return URI.create(face.address()).resolve(path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(at(path)).header("Authorization", "Bearer " + token());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(path));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  JsonNode call(String capability, Map<String, ?> arguments)
      throws IOException, InterruptedException {
    HttpResponse<String> response = post("/api/capabilities/" + capability, Json.line(arguments));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  static JsonNode json(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  static String code(HttpResponse<String> response) {
    return json(response).at("/error/code").stringValue();
  }

  /** What the server says to these very bytes. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at("/").getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    face.close();
    client.close();
  }
}
