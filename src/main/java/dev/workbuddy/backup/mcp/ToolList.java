package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Effect;
import dev.workbuddy.backup.capability.JsonCalls;
import dev.workbuddy.backup.capability.schema.ResultSchema;
import dev.workbuddy.backup.outcome.Outcome;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** A tool for each capability. */
final class ToolList {
  private final Capabilities capabilities;
  private final JsonCalls calls;
  private final McpJsonMapper mapper;
  private final Map<String, Class<?>> results;

  ToolList(Capabilities capabilities, JsonCalls calls, McpJsonMapper mapper) {
    this.capabilities = capabilities;
    this.calls = calls;
    this.mapper = mapper;
    this.results = capabilities.results();
  }

  List<SyncToolSpecification> all() {
    return capabilities.all().stream().map(this::tool).toList();
  }

  private <P extends Record, R extends Outcome> SyncToolSpecification tool(
      Capability<P, R> capability) {
    ToolCall<P, R> call = new ToolCall<>(capability, calls);
    return new SyncToolSpecification(describe(capability), call::answer);
  }

  private McpSchema.Tool describe(Capability<?, ?> capability) {
    return McpSchema.Tool.builder(capability.name(), map(JsonCalls.input(capability)))
        .title(capability.title())
        .description(description(capability))
        .outputSchema(map(output(capability)))
        .annotations(
            new McpSchema.ToolAnnotations(
                capability.title(),
                capability.effect() == Effect.READS,
                capability.effect().isGuarded(),
                capability.isIdempotent(),
                capability.reachesOut(),
                null))
        .build();
  }

  private static String description(Capability<?, ?> capability) {
    return capability.rehearsal() == null
        ? capability.description()
        : capability.description()
            + " A call that needs a person's consent only answers with a plan and a token: show"
            + " them what it says, and repeat the call with the token as confirmation once they"
            + " agreed.";
  }

  private ObjectNode output(Capability<?, ?> capability) {
    return ResultSchema.outline(
        JsonCalls.output(capability, Objects.requireNonNull(results.get(capability.name()))));
  }

  private Map<String, Object> map(ObjectNode schema) {
    return mapper.convertValue(schema, new TypeRef<Map<String, Object>>() {});
  }
}
