package dev.workbuddy.backup.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The slash commands, for clients that take them from the server. */
final class PromptList {
  private PromptList() {}

  static List<SyncPromptSpecification> all() {
    return CommandText.all().stream().map(PromptList::prompt).toList();
  }

  private static SyncPromptSpecification prompt(CommandText text) {
    McpSchema.Prompt prompt =
        McpSchema.Prompt.builder(text.name())
            .title(text.title())
            .description(text.description())
            .arguments(List.of(argument(text)))
            .build();
    return new SyncPromptSpecification(
        prompt,
        (_, request) ->
            Answers.orError(McpSchema.ErrorCodes.INTERNAL_ERROR, () -> answer(text, request)));
  }

  private static McpSchema.PromptArgument argument(CommandText text) {
    return McpSchema.PromptArgument.builder(text.parameter())
        .description(text.argumentMeaning())
        .required(false)
        .build();
  }

  private static McpSchema.GetPromptResult answer(
      CommandText text, McpSchema.GetPromptRequest request) {
    Object given = Objects.requireNonNullElse(request.arguments(), Map.of()).get(text.parameter());
    McpSchema.TextContent content =
        McpSchema.TextContent.builder(text.with(given == null ? "" : given.toString())).build();
    return McpSchema.GetPromptResult.builder(
            List.of(McpSchema.PromptMessage.builder(McpSchema.Role.USER, content).build()))
        .description(text.description())
        .build();
  }
}
