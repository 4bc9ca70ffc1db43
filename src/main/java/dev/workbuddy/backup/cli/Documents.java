package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The JSON documents that {@code --json} prints: always {@code status} first. */
final class Documents {
  private Documents() {}

  static Map<String, Object> of(Outcome result) {
    Map<String, Object> document = start(result.status());
    for (Map.Entry<String, JsonNode> field : Json.tree(result).properties()) {
      document.putIfAbsent(field.getKey(), field.getValue());
    }
    return document;
  }

  static Map<String, Object> of(BackupException error) {
    Map<String, Object> document = start(error.code().status());
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("code", error.code().word());
    details.put("message", error.text());
    details.put("hint", error.hint());
    document.put("error", details);
    return document;
  }

  private static Map<String, Object> start(Status status) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("status", status.word());
    return document;
  }
}
