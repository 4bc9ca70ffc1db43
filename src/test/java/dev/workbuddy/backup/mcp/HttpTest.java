package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Obstacle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the servlet does with requests that no client of the protocol sends. */
class HttpTest {
  @TempDir private Path directory;

  private static HttpResponse<String> post(HttpSite site, String body, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.address() + "/mcp"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void bodiesThatAreNoMessages_areRefused() throws Exception {
    try (HttpSite site = new HttpSite(directory)) {
      assertThat(post(site, "garbage", Map.of()).statusCode()).isEqualTo(400);
      assertThat(post(site, "", Map.of()).statusCode()).isEqualTo(400);
      assertThat(post(site, "x".repeat(5 << 20), Map.of()).statusCode()).isEqualTo(413);
      String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
      assertThat(post(site, call, Map.of()).statusCode()).isEqualTo(400);
      assertThat(post(site, call, Map.of("Mcp-Session-Id", "nobody")).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void snapshot_cancelledMidway_endsWithNothingLeft() throws Exception {
    Files.writeString(
        directory.resolve("config.yaml"), "backups: { databases: { notes: { path: notes.db } } }");
    Path database =
        Databases.run(directory.resolve(".data/db/notes.db"), "CREATE TABLE entry (text TEXT)");
    Path backups = directory.resolve(".data/backups");
    try (HttpSite site = new HttpSite(directory);
        Obstacle obstacle = new Obstacle(backups, database)) {
      Map<String, String> session = begin(site);
      CompletableFuture<HttpResponse<String>> call =
          CompletableFuture.supplyAsync(() -> snapshot(site, session));
      obstacle.awaitSnapshotBegun();
      String cancelled =
          "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
              + "\"params\":{\"requestId\":7}}";
      assertThat(post(site, cancelled, session).statusCode()).isEqualTo(202);
      obstacle.giveWay();
      assertThat(call.join().body()).contains("\\\"interrupted\\\"", "\"isError\":true");
    }
    assertThat(Listing.of(backups)).noneMatch(name -> name.startsWith("snap-"));
  }

  private static Map<String, String> begin(HttpSite site) throws Exception {
    String initialize =
        """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18",
         "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}\
        """;
    String id =
        post(site, initialize, Map.of()).headers().firstValue("mcp-session-id").orElseThrow();
    Map<String, String> session = Map.of("Mcp-Session-Id", id);
    post(site, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", session);
    return session;
  }

  private static HttpResponse<String> snapshot(HttpSite site, Map<String, String> session) {
    try {
      return post(
          site,
          "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\","
              + "\"params\":{\"name\":\"data_backup\",\"arguments\":{}}}",
          session);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
