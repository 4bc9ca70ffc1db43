package dev.workbuddy.backup.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.PingAddress;
import dev.workbuddy.backup.signals.Ping.Event;
import dev.workbuddy.backup.testing.Watcher;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the watcher does, the run goes on, and nobody reads the address. */
@Timeout(60)
class PingTest {
  private static final Duration LIMIT = Duration.ofMillis(400);
  private static final String SECRET = "/ping/s3cret-t0ken";

  private static Optional<String> send(URI address, Event event) throws Exception {
    return new Ping(new PingAddress(address), Map.of(), LIMIT).send(event, "done snap-1\n");
  }

  @Test
  void send_eachEvent_goesToItsAddress() throws Exception {
    try (Watcher watcher = Watcher.answering(200)) {
      for (Event event : Event.values()) {
        assertThat(send(watcher.at(SECRET + "?create=1"), event)).isEmpty();
      }
      assertThat(watcher.heard())
          .containsExactly(
              "POST " + SECRET + "/start?create=1 done snap-1",
              "POST " + SECRET + "?create=1 done snap-1",
              "POST " + SECRET + "/fail?create=1 done snap-1");
    }
  }

  @Test
  void send_serverError_isToldWithoutTheAddress() throws Exception {
    try (Watcher watcher = Watcher.answering(500)) {
      assertThat(send(watcher.at(SECRET), Event.SUCCESS))
          .hasValueSatisfying(
              trouble -> assertThat(trouble).contains("status 500").doesNotContain("s3cret"));
    }
  }

  @Test
  void send_nobodyListens_isToldWithoutTheAddress() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThat(send(URI.create("http://127.0.0.1:" + port + SECRET), Event.SUCCESS))
        .hasValueSatisfying(
            trouble -> assertThat(trouble).contains("cannot be reached").doesNotContain("s3cret"));
  }

  @Test
  void send_serverNeverAnswers_isGivenUp() throws Exception {
    assertGivenUp((_, closed) -> closed.await());
  }

  @Test
  void send_bodyNeverEnds_isGivenUp() throws Exception {
    assertGivenUp(
        (exchange, closed) -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          closed.await();
        });
  }

  private static void assertGivenUp(Watcher.Answer answer) throws Exception {
    try (Watcher watcher = new Watcher(answer)) {
      assertThat(send(watcher.at(SECRET), Event.START))
          .hasValueSatisfying(
              trouble -> assertThat(trouble).contains("did not answer").doesNotContain("s3cret"));
      assertThat(watcher.heard()).hasSize(1);
    }
  }

  @Test
  void send_redirected_followsIt() throws Exception {
    try (Watcher there = Watcher.answering(200);
        Watcher here =
            new Watcher(
                (exchange, _) -> {
                  exchange.getResponseHeaders().add("Location", there.at("/new").toString());
                  exchange.sendResponseHeaders(308, -1);
                })) {
      assertThat(send(here.at(SECRET), Event.SUCCESS)).isEmpty();
      assertThat(there.heard()).containsExactly("POST /new done snap-1");
    }
  }

  @Test
  void send_redirectedInACircle_isTold() throws Exception {
    try (Watcher watcher =
        new Watcher(
            (exchange, _) -> {
              exchange.getResponseHeaders().add("Location", SECRET);
              exchange.sendResponseHeaders(307, -1);
            })) {
      assertThat(send(watcher.at(SECRET), Event.SUCCESS)).isPresent();
    }
  }

  @Test
  void send_proxyInTheEnvironment_goesThroughItUnlessExcluded() throws Exception {
    try (Watcher proxy = Watcher.answering(200)) {
      PingAddress address = new PingAddress(URI.create("http://watcher.invalid" + SECRET));
      String at = proxy.at("").toString();
      assertThat(new Ping(address, Map.of("http_proxy", at), LIMIT).send(Event.SUCCESS, ""))
          .isEmpty();
      assertThat(proxy.heard()).singleElement().asString().contains("http://watcher.invalid");
      Map<String, String> excluded = Map.of("HTTP_PROXY", at, "no_proxy", "other, .invalid");
      assertThat(new Ping(address, excluded, LIMIT).send(Event.SUCCESS, "")).isPresent();
      assertThat(proxy.heard()).hasSize(1);
    }
  }

  @Test
  void send_userInTheAddress_isSentAsBasic() throws Exception {
    StringBuilder authorization = new StringBuilder();
    CountDownLatch seen = new CountDownLatch(1);
    try (Watcher watcher =
        new Watcher(
            (exchange, _) -> {
              authorization.append(exchange.getRequestHeaders().getFirst("Authorization"));
              seen.countDown();
              exchange.sendResponseHeaders(200, -1);
            })) {
      URI plain = watcher.at("/x");
      URI address = URI.create(plain.toString().replace("http://", "http://me:pw@"));
      assertThat(send(address, Event.SUCCESS)).isEmpty();
      seen.await();
      assertThat(authorization).hasToString("Basic bWU6cHc=");
      assertThat(new PingAddress(address).toString())
          .isEqualTo("http://127.0.0.1:" + address.getPort() + "/…");
      assertThat(new PingAddress(URI.create("https://hc-ping.com/s3cret")).toString())
          .isEqualTo("https://hc-ping.com/…");
    }
  }
}
