package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Consent;
import dev.workbuddy.backup.capability.Impact;
import dev.workbuddy.backup.outcome.Outcome;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the person at the client, where the client supports such questions. */
final class McpConsent implements Consent<Outcome> {
  private static final String CONFIRM = "confirm";

  private final McpSyncServerExchange client;
  private final Call call;

  McpConsent(McpSyncServerExchange client, Call call) {
    this.client = client;
    this.call = call;
  }

  @Override
  public Optional<Boolean> agreesTo(Outcome plan, Impact impact) {
    if (!canBeAsked()) {
      return Optional.empty();
    }
    try {
      ElicitResult answer =
          call.ask(
              () ->
                  client.createElicitation(
                      McpSchema.ElicitFormRequest.builder(words(impact), form()).build()));
      return Optional.of(
          answer.action() == ElicitResult.Action.ACCEPT
              && answer.content() != null
              && Boolean.TRUE.equals(answer.content().get(CONFIRM)));
    } catch (McpError cannotAfterAll) {
      return Optional.empty();
    }
  }

  /** A client that says nothing of forms and addresses means forms. */
  private boolean canBeAsked() {
    ClientCapabilities capabilities = client.getClientCapabilities();
    if (capabilities == null || capabilities.elicitation() == null) {
      return false;
    }
    var elicitation = capabilities.elicitation();
    return elicitation.form() != null || elicitation.url() == null;
  }

  private static Map<String, Object> form() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(CONFIRM, Map.of("type", "boolean", "title", "Go ahead", "default", false)),
        "required",
        List.of(CONFIRM));
  }

  private static String words(Impact impact) {
    return Stream.concat(Stream.of(impact.askedFor()), impact.facts().stream())
        .collect(Collectors.joining("\n"));
  }
}
