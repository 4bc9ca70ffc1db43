package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Documents;
import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.capability.JsonCalls;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Answers calls of one tool. Every error is the tool's answer, never the protocol's. */
final class ToolCall<P extends Record, R extends Outcome> {
  private final Capability<P, R> capability;
  private final JsonCalls calls;

  ToolCall(Capability<P, R> capability, JsonCalls calls) {
    this.capability = capability;
    this.calls = calls;
  }

  CallToolResult answer(McpSyncServerExchange client, CallToolRequest request) {
    Call call =
        client.transportContext().get(Call.KEY) instanceof Call tracked ? tracked : new Call();
    Progress progress = new McpProgress(client, call, token(request));
    return Boundary.answer(
        () ->
            done(
                calls.call(capability, arguments(request), progress, new McpConsent(client, call))),
        ToolCall::failed);
  }

  private static CallToolResult done(ObjectNode document) {
    return CallToolResult.builder()
        .structuredContent(document)
        .addTextContent(Json.line(document))
        .isError(false)
        .build();
  }

  private static CallToolResult failed(Throwable e) {
    return CallToolResult.builder()
        .addTextContent(Json.line(Documents.of(ErrorMapper.of(e))))
        .isError(true)
        .build();
  }

  private static @Nullable Object token(CallToolRequest request) {
    return request.meta() == null ? null : request.meta().get("progressToken");
  }

  private static ObjectNode arguments(CallToolRequest request) {
    return (ObjectNode) Json.tree(Objects.requireNonNullElse(request.arguments(), Map.of()));
  }
}
