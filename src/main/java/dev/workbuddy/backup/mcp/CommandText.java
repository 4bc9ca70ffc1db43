package dev.workbuddy.backup.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The two things that people ask an agent for, in words for the agent: a slash command of theirs,
 * and a prompt of the server.
 *
 * @param name the command's and the prompt's
 * @param title for people
 * @param description one line
 * @param argument what may be given, for people
 * @param argumentMeaning what that is
 * @param body the instructions for the agent; {@code $ARGUMENTS} stands for what was given
 */
record CommandText(
    String name,
    String title,
    String description,
    String argument,
    String argumentMeaning,
    String body) {
  static final String GIVEN = "$ARGUMENTS";

  /** Set-up, status and configuration have none: they live on the page. */
  static List<CommandText> all() {
    return List.of(
        read(
            "wb-backup-now",
            "Back up now",
            "Take a manual snapshot of all databases, as an anchor before something risky",
            "label",
            "A few words to know the snapshot by"),
        read(
            "wb-backup-restore",
            "Restore a snapshot",
            "List snapshots, or bring one back after showing what it would cost",
            "snapshot-id",
            "An id, the beginning of one, or latest"));
  }

  private static CommandText read(
      String name, String title, String description, String argument, String meaning) {
    try (InputStream text = CommandText.class.getResourceAsStream("/commands/" + name + ".md")) {
      String body = new String(Objects.requireNonNull(text, name).readAllBytes(), UTF_8);
      return new CommandText(name, title, description, argument, meaning, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a file of slash commands. */
  String file() {
    return """
    ---
    description: %s
    argument-hint: "[%s]"
    ---

    %s\
    """
        .formatted(description, argument, body);
  }

  /** The argument's name as a prompt has it. */
  String parameter() {
    return argument.replace('-', '_');
  }

  /** With what was given in its place. */
  String with(String given) {
    return body.replace(GIVEN, given);
  }
}
