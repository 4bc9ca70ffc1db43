package dev.workbuddy.backup.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.outcome.BackupException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may come in, and what nobody may do. */
class SecurityTest {
  private static final List<String> BACKUP =
      List.of("/api/capabilities/data_backup", "/api/control/reprobe", "/mcp");

  @TempDir private Path directory;
  private Site site;

  @BeforeEach
  void start() throws Exception {
    site = new Site(directory);
  }

  @AfterEach
  void end() {
    site.close();
    assertThat(site.backups().resolve("last_run.json")).doesNotExist();
  }

  private HttpResponse<String> stranger(String path) throws Exception {
    return site.send(HttpRequest.newBuilder(site.at(path)));
  }

  private String cookie() throws Exception {
    HttpResponse<String> entered =
        stranger(site.face.addressWithToken().substring(site.face.address().length() - 1));
    assertThat(entered.statusCode()).isEqualTo(303);
    assertThat(entered.headers().firstValue("Location")).hasValue("/");
    return entered.headers().firstValue("Set-Cookie").orElseThrow();
  }

  private HttpRequest.Builder withCookie(String path) throws Exception {
    return HttpRequest.newBuilder(site.at(path)).header("Cookie", cookie().replaceFirst(";.*", ""));
  }

  @Test
  void everything_withoutToken_isRefused() throws Exception {
    for (String path :
        List.of("/", "/page.js", "/api/control/graph", "/api/openapi.json", "/mcp")) {
      HttpResponse<String> response = stranger(path);
      assertThat(response.statusCode()).as(path).isEqualTo(401);
      assertThat(Site.code(response)).isEqualTo("unauthorized");
    }
    assertThat(stranger("/?token=wrong").statusCode()).isEqualTo(401);
    HttpRequest.Builder guess =
        HttpRequest.newBuilder(site.at("/api/runs")).header("Authorization", "Bearer guess");
    assertThat(site.send(guess).statusCode()).isEqualTo(401);
  }

  @Test
  void tokenOfAgents_opensTheirDoorAlone() throws Exception {
    String token = site.face.agentToken();
    assertThat(stranger("/?token=" + token).statusCode()).isEqualTo(401);
    for (String path :
        List.of(
            "/",
            "/api/runs",
            "/api/questions",
            "/api/questions/AAAA-AAAA",
            "/api/capabilities/data_restore",
            "/mcp/../api/questions",
            "/mcp/%2e%2e/api/questions",
            "/mcp;/../api/questions",
            "//mcp/../api/questions")) {
      for (String method : List.of("GET", "POST")) {
        String answer =
            site.raw(
                "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nContent-Length: 0\r\nAuthorization: Bearer %s\r\n\r\n"
                    .formatted(method, path, site.at("/").getPort(), token));
        assertThat(answer).as(method + " " + path).doesNotStartWith("HTTP/1.1 2");
      }
    }
  }

  @Test
  void tokenOfThePage_doesNotOpenTheDoorOfAgents() throws Exception {
    HttpResponse<String> response = site.send(site.request("/mcp"));
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).contains("agents have one of their own");
    assertThat(site.send(withCookie("/mcp")).statusCode()).isEqualTo(401);
  }

  @Test
  void startAddress_isExchangedForACookieThatScriptsCannotRead() throws Exception {
    assertThat(cookie())
        .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
        .doesNotContain(site.token());
    assertThat(site.send(withCookie("/")).statusCode()).isEqualTo(200);
    assertThat(site.send(withCookie("/api/control/graph")).statusCode()).isEqualTo(200);
  }

  @Test
  void requests_namingAnotherHost_areRefused() throws Exception {
    for (String host :
        List.of("evil.example", "evil.example:" + site.at("/").getPort(), "127.0.0.1:1")) {
      String answer =
          site.raw(
              "GET /api/control/graph HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAuthorization:"
                      .formatted(host)
                  + " Bearer "
                  + site.token()
                  + "\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 421").contains("host-unknown");
    }
  }

  @Test
  void requests_fromAnotherSite_areRefusedEvenWithTheCookie() throws Exception {
    for (String path : BACKUP) {
      for (String origin : List.of("https://evil.example", "http://localhost:1", "null")) {
        HttpRequest.Builder request =
            withCookie(path)
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        HttpResponse<String> response = site.send(request);
        assertThat(response.statusCode()).as(path + " " + origin).isEqualTo(403);
        assertThat(Site.code(response)).isEqualTo("origin-refused");
      }
    }
    HttpRequest.Builder embedded =
        withCookie("/api/control/graph").header("Sec-Fetch-Site", "same-site");
    assertThat(site.send(embedded).statusCode()).isEqualTo(403);
  }

  @Test
  void posts_withCookieButNoOrigin_areRefused() throws Exception {
    HttpRequest.Builder request =
        withCookie("/api/control/reprobe").POST(HttpRequest.BodyPublishers.noBody());
    assertThat(site.send(request).statusCode()).isEqualTo(401);
    HttpRequest.Builder own =
        withCookie("/api/control/reprobe")
            .header("Origin", site.face.address().replaceFirst("/$", ""))
            .POST(HttpRequest.BodyPublishers.noBody());
    assertThat(site.send(own).statusCode()).isEqualTo(200);
  }

  @Test
  void everyAnswer_carriesTheHeadersThatProtectThePage() throws Exception {
    for (HttpResponse<String> response :
        List.of(stranger("/"), site.send(site.request("/")), site.send(site.request("/nothing")))) {
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(response.headers().firstValue("Server")).isEmpty();
    }
  }

  @Test
  void page_asksNobodyElseAndHasNoInlineCode() throws Exception {
    for (String file :
        List.of(
            "/",
            "/page.css",
            "/page.js",
            "/api.js",
            "/dom.js",
            "/card.js",
            "/history.js",
            "/curves.js",
            "/restore.js",
            "/alarms.js",
            "/questions.js",
            "/words.js",
            "/icon.svg")) {
      String text = site.send(site.request(file)).body();
      assertThat(text).as(file).isNotBlank();
      assertThat(text.replace("http://www.w3.org/2000/svg", ""))
          .as(file)
          .doesNotContain("http://", "https://", "innerHTML", "style=");
    }
    assertThat(site.send(site.request("/")).body()).doesNotContain("<style", "onclick");
  }

  @Test
  void largeBodies_areRefusedUnread() throws Exception {
    String answer =
        site.raw(
            "POST /api/capabilities/data_backup HTTP/1.1\r\nHost: 127.0.0.1:"
                + site.at("/").getPort()
                + "\r\nConnection: close\r\nAuthorization: Bearer "
                + site.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: 104857600\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413").contains("body-too-large");
    HttpResponse<String> response =
        site.post("/api/capabilities/data_backup", "{\"label\":\"" + "x".repeat(2 << 20) + "\"}");
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void hundredMegabytesOfUnknownLength_areRefused() throws Exception {
    byte[] some = new byte[1 << 20];
    Arrays.fill(some, (byte) ' ');
    HttpRequest.Builder request =
        site.request("/api/capabilities/data_backup")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(100, some)));
    try {
      assertThat(site.send(request).statusCode()).isEqualTo(413);
    } catch (IOException closedBeforeAllWasSent) {
      assertThat(closedBeforeAllWasSent).isNotInstanceOf(HttpTimeoutException.class);
    }
    assertThat(site.send(site.request("/api/runs")).statusCode()).isEqualTo(200);
  }

  @Test
  void addressForOthers_withoutTlsAndToken_isRefused() {
    assertThatThrownBy(() -> new WebOptions("0.0.0.0", 0, List.of(), "x".repeat(24), null))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("TLS");
    assertThatThrownBy(
            () -> new WebOptions("127.0.0.1", 0, List.of(), "x".repeat(24), "x".repeat(24), null))
        .hasMessageContaining("the same token");
    WebOptions.Tls tls = new WebOptions.Tls(Path.of("keys.p12"), "secret");
    assertThatThrownBy(() -> new WebOptions("0.0.0.0", 0, List.of(), null, tls))
        .isInstanceOf(BackupException.class);
    assertThatThrownBy(() -> new WebOptions("127.0.0.1", 0, List.of(), "short", null))
        .hasMessageContaining("shorter");
  }

  @Test
  void portInUse_isNamed() {
    int port = site.at("/").getPort();
    assertThatThrownBy(
            () ->
                WebFace.start(
                    site.capabilities,
                    site.questions,
                    "test",
                    new WebOptions("127.0.0.1", port, List.of(), null, null),
                    InstantSource.system(),
                    new Random(1),
                    Runnable::run))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("port " + port);
  }
}
