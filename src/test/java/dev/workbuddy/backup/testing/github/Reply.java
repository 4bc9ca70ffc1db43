package dev.workbuddy.backup.testing.github;

import dev.workbuddy.backup.io.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param file what is sent instead of the body; null where the body is
 */
public record Reply(int status, Map<String, String> headers, String body, @Nullable Path file) {
  private static final String RATE_LIMIT_DOCUMENTATION =
      Hosts.DOCUMENTATION + "/overview/rate-limits-for-the-rest-api";

  static Reply json(int status, Object document) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Json.text(document),
        null);
  }

  static Reply empty(int status) {
    return new Reply(status, Map.of(), "", null);
  }

  static Reply redirect(String location) {
    return empty(302).with("Location", location);
  }

  static Reply content(String type, Path file) {
    return new Reply(200, Map.of("Content-Type", type), "", file);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body, file);
  }

  /** What GitHub's front answers when what is behind it does not. */
  public static Reply badGateway() {
    return new Reply(
        502,
        Map.of("Content-Type", "text/html"),
        "<html><body><h1>502 Bad Gateway</h1></body></html>",
        null);
  }

  /** A status without a word. */
  public static Reply silent(int status) {
    return empty(status);
  }

  /** What GraphQL says of trouble of its own: with a good status. */
  public static Reply graphqlTrouble() {
    return json(
        200,
        Map.of(
            "errors",
            List.of(
                Map.of(
                    "message",
                    "Something went wrong while executing your query. Please include"
                        + " `A1B2:C3D4` when reporting this issue."))));
  }

  /** What the host of contents says of a link that was handed out too long ago. */
  public static Reply expiredLink() {
    return new Reply(
        403,
        Map.of("Content-Type", "application/xml"),
        "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code></Error>",
        null);
  }

  public static Reply badCredentials() {
    return Refusal.badCredentials().reply();
  }

  /** The hourly limit is used up. */
  public static Reply rateLimited(Instant reset) {
    return json(
            403,
            Map.of(
                "message",
                "API rate limit exceeded for user ID 1.",
                "documentation_url",
                RATE_LIMIT_DOCUMENTATION))
        .with("x-ratelimit-limit", "5000")
        .with("x-ratelimit-remaining", "0")
        .with("x-ratelimit-used", "5000")
        .with("x-ratelimit-resource", "core")
        .with("x-ratelimit-reset", Long.toString(reset.getEpochSecond()));
  }

  /** Too much was created in too short a time. */
  public static Reply secondaryLimit(Duration retryAfter) {
    return json(
            403,
            Map.of(
                "message",
                "You have exceeded a secondary rate limit and have been temporarily blocked from"
                    + " content creation. Please retry your request again later.",
                "documentation_url",
                RATE_LIMIT_DOCUMENTATION + "#about-secondary-rate-limits"))
        .with("Retry-After", Long.toString(retryAfter.toSeconds()));
  }
}
