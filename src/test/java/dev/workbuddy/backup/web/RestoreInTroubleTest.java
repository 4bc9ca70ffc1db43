package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Restores over HTTP that somebody is in the way of. */
@Timeout(120)
class RestoreInTroubleTest {
  @TempDir private Path directory;

  private static String backUp(Site site) throws Exception {
    return site.call("data_backup", Map.of("push", false)).get("snapshot_id").stringValue();
  }

  /** The body of the call that does what was planned. */
  private static String confirmed(Site site, String id) throws Exception {
    JsonNode plan = site.call("data_restore", Map.of("snapshot_id", id));
    return Json.line(
        Map.of("snapshot_id", id, "confirmation", plan.at("/confirmation/token").stringValue()));
  }

  @Test
  void restore_whileAnotherRuns_isRefusedAndChangesNothing() throws Exception {
    try (Site site = new Site(directory)) {
      String id = backUp(site);
      Databases.run(site.live(), "DELETE FROM entry WHERE id > 1");
      String body = confirmed(site, id);
      try (RunLock _ = RunLock.acquire(site.backups().resolve("lock"), "restore a snapshot")) {
        HttpResponse<String> refused = site.post("/api/capabilities/data_restore", body);
        assertThat(refused.statusCode()).isEqualTo(423);
        assertThat(Site.code(refused)).isEqualTo("lock-held");
      }
      assertThat(site.texts()).containsExactly("one");
    }
  }

  @Test
  void confirmation_ofAnotherServer_isRefused() throws Exception {
    try (Site site = new Site(directory)) {
      String id = backUp(site);
      Databases.run(site.live(), "DELETE FROM entry WHERE id > 1");
      try (Site other = new Site(directory, Map.of(), new Random(8))) {
        String body = confirmed(other, id);
        HttpResponse<String> refused = site.post("/api/capabilities/data_restore", body);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Site.code(refused)).isEqualTo("confirmation-invalid");
        assertThat(site.texts()).containsExactly("one");
        HttpResponse<String> taken = other.post("/api/capabilities/data_restore", body);
        assertThat(taken.statusCode()).as("by the server that gave it").isEqualTo(200);
        assertThat(site.texts()).containsExactly("one", "two", "three");
      }
    }
  }

  @Test
  void clientThatDisappearsMidway_restoreIsFinished() throws Exception {
    Tools.require("mkfifo", "sh");
    Path begun = fifo("begun");
    Path done = fifo("done");
    String hooks =
        "  hooks:\n    before_restore: [[sh, -c, 'cat %s']]\n    after_restore: [[sh, -c, 'echo done > %s']]\n"
            .formatted(begun, done);
    try (Site site = new Site(directory, hooks)) {
      String id = backUp(site);
      Databases.run(site.live(), "DELETE FROM entry WHERE id > 1");
      String body = confirmed(site, id);
      try (OutputStream midway = beginAndLeave(site, body, begun)) {
        midway.write('\n');
      }
      try (InputStream end = Files.newInputStream(done)) {
        assertThat(new String(end.readAllBytes(), StandardCharsets.UTF_8)).startsWith("done");
      }
      assertThat(site.texts()).containsExactly("one", "two", "three");
      JsonNode last = Json.parse(Files.readAllBytes(site.backups().resolve("last_run.json")));
      assertThat(last.at("/last_restore/status").stringValue()).isEqualTo("done");
      assertThat(last.at("/last_restore/snapshot_id").stringValue()).isEqualTo(id);
      assertThat(site.get("/api/runs").get("last_restore")).isEqualTo(last.get("last_restore"));
    }
  }

  /** What the hook reads from, once the client that asked for the restore is gone. */
  private static OutputStream beginAndLeave(Site site, String body, Path begun) throws Exception {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), site.at("/").getPort())) {
      client.getOutputStream().write(request(site, body).getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().flush();
      return Files.newOutputStream(begun);
    }
  }

  private Path fifo(String name) throws Exception {
    Path fifo = directory.resolve(name);
    Tools.run(directory, List.of("mkfifo", fifo.toString()));
    return fifo;
  }

  private static String request(Site site, String body) {
    return "POST /api/capabilities/data_restore HTTP/1.1\r\nHost: 127.0.0.1:"
        + site.at("/").getPort()
        + "\r\nAuthorization: Bearer "
        + site.token()
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
