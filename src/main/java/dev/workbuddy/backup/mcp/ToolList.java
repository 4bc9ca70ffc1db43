package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Effect;
import dev.workbuddy.backup.capability.schema.ParameterSchema;
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
  private final Confirmations confirmations;
  private final McpJsonMapper mapper;
  private final Map<String, Class<?>> results;

  ToolList(Capabilities capabilities, Confirmations confirmations, McpJsonMapper mapper) {
    this.capabilities = capabilities;
    this.confirmations = confirmations;
    this.mapper = mapper;
    this.results = capabilities.results();
  }

  List<SyncToolSpecification> all() {
    return capabilities.all().stream().map(this::tool).toList();
  }

  private <P extends Record, R extends Outcome> SyncToolSpecification tool(
      Capability<P, R> capability) {
    ToolCall<P, R> call = new ToolCall<>(capability, confirmations);
    return new SyncToolSpecification(describe(capability), call::answer);
  }

  private McpSchema.Tool describe(Capability<?, ?> capability) {
    return McpSchema.Tool.builder(capability.name(), map(input(capability)))
        .title(capability.title())
        .description(description(capability))
        .outputSchema(map(output(capability)))
        .annotations(
            new McpSchema.ToolAnnotations(
                capability.title(),
                capability.effect() == Effect.READS,
                capability.effect() == Effect.DESTROYS,
                capability.isIdempotent(),
                capability.reachesOut(),
                null))
        .build();
  }

  private static String description(Capability<?, ?> capability) {
    return capability.rehearsal() == null
        ? capability.description()
        : capability.description()
            + " The first call changes nothing: it answers with the plan, what would be lost, and"
            + " a token; show them to the person, and call again with the token as confirmation"
            + " if they agree.";
  }

  private static ObjectNode input(Capability<?, ?> capability) {
    ObjectNode schema = ParameterSchema.of(capability.parameters());
    if (capability.rehearsal() != null) {
      ((ObjectNode) schema.get("properties"))
          .putObject(GuardedCall.CONFIRMATION)
          .put("type", "string")
          .put("description", "The token from the answer to the same call without it.");
    }
    return schema;
  }

  /** Every document begins with how the call ended; a plan may ask for a confirmation. */
  private ObjectNode output(Capability<?, ?> capability) {
    Class<?> result = Objects.requireNonNull(results.get(capability.name()));
    ObjectNode schema = ResultSchema.ofDocument(result);
    if (capability.rehearsal() != null) {
      ((ObjectNode) schema.get("properties"))
          .set(GuardedCall.CONFIRMATION, ResultSchema.of(Confirmation.class));
    }
    return schema;
  }

  private Map<String, Object> map(ObjectNode schema) {
    return mapper.convertValue(schema, new TypeRef<Map<String, Object>>() {});
  }
}
