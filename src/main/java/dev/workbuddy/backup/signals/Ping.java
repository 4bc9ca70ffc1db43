package dev.workbuddy.backup.signals;

import dev.workbuddy.backup.config.PingAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a watcher on the web (healthchecks.io and those that understand the same) that a run began,
 * ended well, or failed. The address is a secret, and appears in no message. Nothing is thrown: a
 * ping that fails changes nothing about the run.
 */
final class Ping {
  private static final int REDIRECTED = 300;

  /** What the address ends with for each event. */
  enum Event {
    START("/start"),
    SUCCESS(""),
    FAIL("/fail");

    private final String suffix;

    Event(String suffix) {
      this.suffix = suffix;
    }
  }

  private final PingAddress address;
  private final Map<String, String> environment;
  private final Duration limit;

  /**
   * For one watcher.
   *
   * @param environment where proxies are looked up, as curl does
   * @param limit how long one try may take
   */
  Ping(PingAddress address, Map<String, String> environment, Duration limit) {
    this.address = address;
    this.environment = environment;
    this.limit = limit;
  }

  /**
   * Tells.
   *
   * @param body a few words for people
   * @return why the ping failed; empty where it did not
   */
  Optional<String> send(Event event, String body) throws InterruptedException {
    try (HttpClient client = client()) {
      try {
        int code =
            client
                .sendAsync(request(event, body), HttpResponse.BodyHandlers.discarding())
                .get(limit.toMillis(), TimeUnit.MILLISECONDS) // Of the body as well.
                .statusCode();
        return code >= REDIRECTED ? trouble("it answered with status " + code) : Optional.empty();
      } finally {
        client.shutdownNow();
      }
    } catch (TimeoutException e) {
      return trouble("it did not answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return trouble("it cannot be reached (" + kind(e.getCause()) + ")");
    } catch (RuntimeException | Error e) {
      return trouble("its address or the proxy's cannot be used (" + kind(e) + ")");
    }
  }

  /** Its kind alone: what it says may hold the address. */
  private static String kind(@Nullable Throwable error) {
    return error == null ? "unknown" : error.getClass().getSimpleName();
  }

  private Optional<String> trouble(String why) {
    return Optional.of("ping_url (" + address + ") could not be notified: " + why);
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL);
    proxy().ifPresent(proxy -> builder.proxy(ProxySelector.of(proxy)));
    return builder.build();
  }

  private HttpRequest request(Event event, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target(event))
            .header("Content-Type", "text/plain; charset=utf-8")
            .header("User-Agent", "wb-backup")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String user = address.uri().getUserInfo();
    if (user != null) {
      byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return request.build();
  }

  /** The event is part of the path; what a service wants behind the question mark stays there. */
  private URI target(Event event) {
    URI uri = address.uri();
    String path = uri.getRawPath().replaceFirst("/+$", "");
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(uri.getScheme() + "://" + uri.getHost() + port + path + event.suffix + query);
  }

  private Optional<InetSocketAddress> proxy() {
    String scheme = address.uri().getScheme().toLowerCase(Locale.ROOT);
    if (isExcluded(address.uri().getHost())) {
      return Optional.empty();
    }
    return Optional.ofNullable(variable(scheme + "_proxy"))
        .or(() -> Optional.ofNullable(variable("all_proxy")))
        .flatMap(Ping::proxyAt);
  }

  private static Optional<InetSocketAddress> proxyAt(String text) {
    URI uri = URI.create(text.contains("://") ? text : "http://" + text);
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    return uri.getHost() == null
        ? Optional.empty()
        : Optional.of(new InetSocketAddress(uri.getHost(), port));
  }

  private boolean isExcluded(String host) {
    String list = variable("no_proxy");
    if (list == null) {
      return false;
    }
    for (String entry : list.split(",", -1)) {
      String name = entry.strip().replaceFirst("^\\*?\\.", "");
      boolean match = name.equals("*") || host.equals(name) || host.endsWith("." + name);
      if (!name.isEmpty() && match) {
        return true;
      }
    }
    return false;
  }

  private @Nullable String variable(String lowerCase) {
    String value = environment.get(lowerCase);
    String found = value == null ? environment.get(lowerCase.toUpperCase(Locale.ROOT)) : value;
    return found == null || found.isBlank() ? null : found.strip();
  }
}
