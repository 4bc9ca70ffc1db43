package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Documents;
import dev.workbuddy.backup.capability.Failures;
import dev.workbuddy.backup.capability.Rehearsal;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls of one tool. Whatever goes wrong is the tool's answer, never the protocol's. */
final class ToolCall<P extends Record, R extends Outcome> {
  private final Capability<P, R> capability;
  private final Confirmations confirmations;

  ToolCall(Capability<P, R> capability, Confirmations confirmations) {
    this.capability = capability;
    this.confirmations = confirmations;
  }

  CallToolResult answer(McpSyncServerExchange client, CallToolRequest request) {
    Call call =
        client.transportContext().get(Call.KEY) instanceof Call tracked ? tracked : new Call();
    Progress progress = new ToldProgress(client, call, token(request));
    try {
      ObjectNode document = answer(arguments(request), progress, new Person(client, call));
      return CallToolResult.builder()
          .structuredContent(document)
          .addTextContent(Json.line(document))
          .isError(false)
          .build();
    } catch (IOException | InterruptedException | RuntimeException e) {
      return failed(e);
    }
  }

  private static CallToolResult failed(Exception e) {
    return CallToolResult.builder()
        .addTextContent(Json.line(Documents.of(Failures.of(e))))
        .isError(true)
        .build();
  }

  private static @Nullable Object token(CallToolRequest request) {
    return request.meta() == null ? null : request.meta().get("progressToken");
  }

  private static ObjectNode arguments(CallToolRequest request) {
    return (ObjectNode) Json.tree(Objects.requireNonNullElse(request.arguments(), Map.of()));
  }

  private ObjectNode answer(ObjectNode arguments, Progress progress, Person person)
      throws IOException, InterruptedException {
    Rehearsal<P, R> rehearsal = capability.rehearsal();
    String token = rehearsal == null ? null : confirmation(arguments);
    P parameters = capability.read(arguments);
    if (rehearsal == null || !rehearsal.destroys(parameters)) {
      return Documents.of(capability.call(parameters, progress));
    }
    return new GuardedCall<>(capability, rehearsal, parameters, confirmations, progress)
        .answer(token, person);
  }

  private @Nullable String confirmation(ObjectNode arguments) {
    JsonNode token = arguments.remove(GuardedCall.CONFIRMATION);
    if (token == null || token.isNull()) {
      return null;
    }
    if (!token.isString()) {
      throw new BackupException(
          ErrorCode.USAGE,
          capability.name() + ": confirmation is not a string",
          "Give the token from the answer to the first call, or leave it out.");
    }
    return token.stringValue();
  }
}
