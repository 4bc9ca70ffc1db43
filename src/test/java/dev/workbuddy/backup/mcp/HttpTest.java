package dev.workbuddy.backup.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
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
}
