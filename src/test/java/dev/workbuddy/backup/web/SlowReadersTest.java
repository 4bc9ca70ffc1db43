package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time, more than the server has threads of its own. */
@Timeout(60)
class SlowReadersTest {
  private static final int MANY = 70;

  @TempDir private Path directory;
  private final List<Socket> sockets = new ArrayList<>();
  private Site site;
  private String job = "";

  @BeforeEach
  void serve() throws Exception {
    Tools.require("mkfifo", "sh");
    Path pipe = directory.resolve("midway");
    Tools.run(directory, List.of("mkfifo", pipe.toString()));
    site =
        new Site(directory, "  hooks: { before_snapshot: [[sh, -c, 'cat %s']] }\n".formatted(pipe));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    site.close();
  }

  private Socket open(String... lines) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1 << 14); // So that the server soon has to wait for it.
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.at("/").getPort()));
    sockets.add(socket);
    socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }

  private String[] head(String request) {
    return new String[] {
      request + " HTTP/1.1",
      "Host: 127.0.0.1:" + site.at("/").getPort(),
      "Authorization: Bearer " + site.token(),
      "Content-Type: application/json",
    };
  }

  private String[] with(String[] head, String... more) {
    List<String> all = new ArrayList<>(List.of(head));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private void assertThePageAnswers() throws Exception {
    assertThat(site.send(site.request("/")).statusCode()).isEqualTo(200);
    assertThat(site.get("/api/snapshots").has("snapshots")).isTrue();
  }

  @Test
  void slowHeaders_doNotStarveThePage() throws Exception {
    for (int i = 0; i < MANY; i++) {
      open("GET / HTTP/1.1", "Host: 127.0", "");
    }
    assertThePageAnswers();
  }

  @Test
  void slowBodies_doNotStarveThePage() throws Exception {
    for (int i = 0; i < MANY; i++) {
      open(with(head("POST /api/capabilities/data_backup_list"), "Content-Length: 100", "", "{"));
    }
    assertThePageAnswers();
  }

  /** Each answer is larger than what the system takes on the way. */
  @Test
  void slowReadersOfAnswers_doNotStarveThePage() throws Exception {
    String request = "GET /page.js";
    String pipelined = String.join("\r\n", with(head(request), "", "")).repeat(400);
    for (int i = 0; i < MANY; i++) {
      assertThat(open(pipelined).getInputStream().read()).isEqualTo('H');
    }
    assertThePageAnswers();
  }

  @Test
  void listenersToJobs_areBoundedWithAWordAndDoNotStarveThePage() throws Exception {
    try (OutputStream hook = begun()) {
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        Socket listener = open(with(head("GET /api/jobs/" + job + "/events"), "", ""));
        answers.add(new String(listener.getInputStream().readNBytes(12), StandardCharsets.UTF_8));
      }
      assertThat(answers).contains("HTTP/1.1 200", "HTTP/1.1 503");
      assertThat(answers).filteredOn("HTTP/1.1 200"::equals).hasSize(64);
      assertThePageAnswers();
      assertThat(site.get("/api/jobs/" + job).get("state").stringValue()).isEqualTo("running");
      hook.write('\n');
    }
  }

  /** What a snapshot that has begun waits for. */
  private OutputStream begun() throws Exception {
    job = begin();
    return Files.newOutputStream(directory.resolve("midway")); // Waits until it is read.
  }

  private String begin() throws Exception {
    HttpRequest.Builder request =
        site.request("/api/capabilities/data_backup")
            .header("Content-Type", "application/json")
            .header("Prefer", "respond-async")
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    HttpResponse<String> begun = site.send(request);
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    return Site.json(begun).get("id").stringValue();
  }
}
