package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.capability.Consent;
import dev.workbuddy.backup.capability.Stakes;
import dev.workbuddy.backup.io.SafeText;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whoever sits at the client, where it can put a question to them. */
final class Person implements Consent {
  private static final String CONFIRM = "confirm";
  private static final int MOST_LOSSES = 20;
  private static final int LONGEST_LINE = 1000;

  private final McpSyncServerExchange client;
  private final Call call;

  Person(McpSyncServerExchange client, Call call) {
    this.client = client;
    this.call = call;
  }

  @Override
  public Optional<Boolean> agreesTo(Stakes stakes) {
    if (!canBeAsked()) {
      return Optional.empty();
    }
    try {
      ElicitResult answer =
          call.ask(
              () ->
                  client.createElicitation(
                      McpSchema.ElicitFormRequest.builder(words(stakes), form()).build()));
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

  private static String words(Stakes stakes) {
    Stream<String> age =
        stakes.ageSeconds() == null
            ? Stream.empty()
            : Stream.of("That data is " + words(Duration.ofSeconds(stakes.ageSeconds())) + " old.");
    int more = stakes.losses().size() - MOST_LOSSES;
    return Stream.of(
            Stream.of(stakes.question()),
            age,
            stakes.losses().stream().limit(MOST_LOSSES).map(Stakes.Loss::words),
            more > 0 ? Stream.of("… and " + more + " more tables.") : Stream.<String>empty(),
            stakes.warnings().stream().map(warning -> "Warning: " + warning))
        .flatMap(lines -> lines)
        .map(line -> SafeText.shortened(SafeText.visible(line), LONGEST_LINE))
        .collect(Collectors.joining("\n"));
  }

  private static String words(Duration age) {
    if (age.toDays() > 1) {
      return age.toDays() + " days";
    }
    return age.toHours() > 1 ? age.toHours() + " hours" : Math.max(0, age.toMinutes()) + " minutes";
  }
}
