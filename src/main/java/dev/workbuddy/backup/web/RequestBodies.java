package dev.workbuddy.backup.web;

import dev.workbuddy.backup.io.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of requests: JSON objects, none of them large. */
final class RequestBodies {
  private static final int MOST_BYTES = 1 << 20;

  private RequestBodies() {}

  /** The object in the body; an empty one where there is no body. */
  static ObjectNode object(Context context) throws IOException {
    byte[] body = context.req().getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw HttpProblem.of(413, "body-too-large", "the body is too large", "Send at most 1 MiB.")
          .asException();
    }
    if (body.length == 0) {
      return JsonNodeFactory.instance.objectNode();
    }
    requireJson(context);
    return parse(body);
  }

  /** Forms of other sites cannot send this without asking first. */
  private static void requireJson(Context context) {
    String type = Objects.requireNonNullElse(context.contentType(), "");
    if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw HttpProblem.of(
              415,
              "not-json",
              "the body is not sent as JSON",
              "Send Content-Type: application/json.")
          .asException();
    }
  }

  private static ObjectNode parse(byte[] body) {
    try {
      JsonNode parsed = Json.parse(body);
      if (parsed instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException malformed) {
      throw HttpProblem.of(
              400,
              "not-json",
              "the body is not valid JSON, from line "
                  + malformed.getLocation().getLineNr()
                  + ", column "
                  + malformed.getLocation().getColumnNr(),
              "Send one JSON object.")
          .asException();
    }
    throw HttpProblem.of(400, "not-json", "the body is no JSON object", "Send one JSON object.")
        .asException();
  }
}
