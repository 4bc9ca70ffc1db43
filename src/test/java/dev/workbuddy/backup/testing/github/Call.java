package dev.workbuddy.backup.testing.github;

import com.sun.net.httpserver.HttpExchange;
import dev.workbuddy.backup.io.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One request, read to its end.
 *
 * @param operation what it asks for
 * @param shape what the operation was told by
 * @param token null where it carries none
 * @param content what came with it, kept in a file
 */
record Call(
    Operation operation,
    String shape,
    Map<String, String> query,
    @Nullable String token,
    String contentType,
    String accept,
    Storage.Stored content) {

  static Call read(
      HttpExchange exchange, Operation operation, String shape, Storage.Stored content) {
    return new Call(
        operation,
        shape,
        query(exchange.getRequestURI()),
        token(exchange),
        header(exchange, "Content-Type").orElse("application/octet-stream"),
        header(exchange, "Accept").orElse(""),
        content);
  }

  /** Method, kind of host, and path; the host may be in the request's first line or a header. */
  static String shape(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    String host = Optional.ofNullable(uri.getHost()).or(() -> header(exchange, "Host")).orElse("");
    return exchange.getRequestMethod() + " " + Hosts.kind(host) + " " + uri.getPath();
  }

  private static Map<String, String> query(URI uri) {
    String text = uri.getRawQuery();
    if (text == null) {
      return Map.of();
    }
    return Arrays.stream(text.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(pair -> pair[0], pair -> decoded(pair.length > 1 ? pair[1] : "")));
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static @Nullable String token(HttpExchange exchange) {
    return header(exchange, "Authorization")
        .map(value -> value.replaceFirst("^\\S+ ", ""))
        .orElse(null);
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  /** The same with another content. */
  Call with(Storage.Stored other) {
    return new Call(operation, shape, query, token, contentType, accept, other);
  }

  /** A part of the path, counted from 1. */
  String part(int number) {
    MatchResult parts = operation.parts(shape).orElseThrow();
    return parts.group(number);
  }

  long id() {
    return Long.parseLong(part(2));
  }

  int number(String parameter, int otherwise) {
    return query.containsKey(parameter) ? Integer.parseInt(query.get(parameter)) : otherwise;
  }

  /** The body, which is JSON; an empty object where there is none. */
  JsonNode json() {
    return content.size() == 0
        ? JsonNodeFactory.instance.objectNode()
        : Json.parse(content.bytes());
  }
}
