package dev.workbuddy.backup.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client that hides nothing: it sends lines and reads lines. Every line must be a message. */
final class JsonRpcClient implements AutoCloseable {
  private final BufferedReader in;
  private final OutputStream out;
  private final List<JsonNode> notifications = new ArrayList<>();
  private Function<JsonNode, Map<String, Object>> person = _ -> Map.of("action", "cancel");
  private int ids;

  JsonRpcClient(InputStream in, OutputStream out) {
    this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
    this.out = out;
  }

  /** Introduces itself; returns what the server says of itself. */
  JsonNode initialize(Map<String, Object> capabilities) throws IOException {
    JsonNode answer =
        request(
            "initialize",
            Map.of(
                "protocolVersion",
                "2025-06-18",
                "capabilities",
                capabilities,
                "clientInfo",
                Map.of("name", "test", "version", "1")));
    tell("notifications/initialized", Map.of());
    return answer.get("result");
  }

  /** Introduces itself as one whose person answers questions in this way. */
  void initializeWithPerson(Function<JsonNode, Map<String, Object>> answers) throws IOException {
    person = answers;
    initialize(Map.of("elicitation", Map.of()));
  }

  /** The whole answer to a request. */
  JsonNode request(String method, Object parameters) throws IOException {
    return awaitAnswer(ask(method, parameters));
  }

  /** Sends a request and does not wait. */
  int ask(String method, Object parameters) throws IOException {
    int id = ++ids;
    send(Json.line(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", parameters)));
    return id;
  }

  void tell(String method, Object parameters) throws IOException {
    send(Json.line(Map.of("jsonrpc", "2.0", "method", method, "params", parameters)));
  }

  void send(String line) throws IOException {
    out.write((line + "\n").getBytes(UTF_8));
    out.flush();
  }

  /** The result of a tool that must end well: its structured content. */
  JsonNode call(String tool, Map<String, Object> arguments) throws IOException {
    JsonNode result = result(tool, arguments);
    if (result.path("isError").booleanValue()) {
      throw new AssertionError(tool + " failed: " + result);
    }
    return result.get("structuredContent");
  }

  /** The error of a tool that must not end well. */
  JsonNode fail(String tool, Map<String, Object> arguments) throws IOException {
    return error(result(tool, arguments));
  }

  static JsonNode error(JsonNode result) {
    if (!result.path("isError").booleanValue()) {
      throw new AssertionError("this did not fail: " + result);
    }
    String text = result.at("/content/0/text").stringValue();
    return Json.parse(text.getBytes(UTF_8)).get("error");
  }

  private JsonNode result(String tool, Map<String, Object> arguments) throws IOException {
    JsonNode answer = request("tools/call", Map.of("name", tool, "arguments", arguments));
    return Objects.requireNonNull(answer.get("result"), answer::toString);
  }

  JsonNode awaitAnswer(int id) throws IOException {
    while (true) {
      JsonNode message = read();
      if (message == null) {
        throw new AssertionError("the server ended without an answer to " + id);
      }
      if (message.has("method")) {
        hear(message);
      } else if (message.path("id").equals(Json.tree(id))) {
        return message;
      }
    }
  }

  private void hear(JsonNode message) throws IOException {
    if (!message.has("id")) {
      notifications.add(message);
    } else if (message.get("method").stringValue().equals("elicitation/create")) {
      Map<String, Object> answer = person.apply(message.get("params"));
      send(
          Json.line(
              Map.of("jsonrpc", "2.0", "id", message.get("id").stringValue(), "result", answer)));
    }
  }

  /** The next message, which must come. */
  JsonNode next() throws IOException {
    return Objects.requireNonNull(read(), "the server has ended");
  }

  /** The next message; null at the end. */
  @Nullable JsonNode read() throws IOException {
    String line = in.readLine();
    return line == null ? null : Json.parse(line.getBytes(UTF_8));
  }

  List<JsonNode> notifications() {
    return List.copyOf(notifications);
  }

  /** Closes its end: the server has nothing more to do then. */
  @Override
  public void close() throws IOException {
    out.close();
  }
}
