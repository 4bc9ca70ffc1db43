package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON documents that all faces answer with: always {@code status} first. */
public final class Documents {
  private Documents() {}

  /** What came of a call. */
  public static ObjectNode of(Outcome result) {
    ObjectNode document = start(result.status());
    Json.tree(result).properties().stream()
        .filter(field -> !document.has(field.getKey()))
        .forEach(field -> document.set(field.getKey(), field.getValue()));
    return document;
  }

  /** Why nothing came of it. */
  public static ObjectNode of(BackupException error) {
    ObjectNode document = start(error.code().status());
    document
        .putObject("error")
        .put("code", error.code().word())
        .put("message", error.text())
        .put("hint", error.hint());
    return document;
  }

  private static ObjectNode start(Status status) {
    return JsonNodeFactory.instance.objectNode().put("status", status.word());
  }
}
