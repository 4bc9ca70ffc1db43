package dev.workbuddy.backup.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** This server's entry in a project's {@code .mcp.json}; the text around it stays as it is. */
final class McpConfigEntry {
  static final String SERVERS = "mcpServers";
  static final String NAME = "wb-backup";
  private static final String UNIT = "  ";

  private final List<String> command;

  McpConfigEntry(List<String> command) {
    this.command = command;
  }

  /**
   * The file's text with the entry in it.
   *
   * @param file for messages
   * @param text the present one; null where there is no file
   * @param force whether another entry of the same name is replaced
   * @return null where there is another one that is to be kept
   * @throws BackupException {@code config-invalid} where the text cannot be extended
   */
  @Nullable String in(Path file, @Nullable String text, boolean force) {
    if (text == null || text.isBlank()) {
      return "{\n" + UNIT + servers(UNIT) + "\n}\n";
    }
    JsonOffsets offsets = places(file, text);
    JsonOffsets.Span present = offsets.entry();
    if (present != null) {
      return replaced(text, present, force);
    }
    String extended =
        offsets.servers() >= 0
            ? insert(text, offsets.servers(), UNIT, this::member)
            : insert(text, offsets.root(), "", this::servers);
    requireSound(file, text, extended);
    return extended;
  }

  private static JsonOffsets places(Path file, String text) {
    try {
      var _ = Json.parse(text.getBytes(UTF_8));
      return JsonOffsets.find(text, SERVERS, NAME);
    } catch (JacksonException e) {
      var location = e.getLocation();
      String where =
          location == null
              ? ""
              : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
      throw unusable(file, "it is not valid JSON" + where);
    } catch (IllegalArgumentException e) {
      throw unusable(file, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String replaced(String text, JsonOffsets.Span present, boolean force) {
    JsonNode before = Json.parse(text.substring(present.start(), present.end()).getBytes(UTF_8));
    if (before.equals(Json.parse(value("").getBytes(UTF_8)))) {
      return text;
    }
    return force
        ? text.substring(0, present.start())
            + value(indentAt(text, present.start()))
            + text.substring(present.end())
        : null;
  }

  private interface Member {
    String at(String indent);
  }

  /** Puts a member first in the object that is open there, spaced as the one after it. */
  private static String insert(String text, int open, String outer, Member member) {
    int next = open;
    while (Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    String space = text.substring(open, next);
    String head = text.substring(0, open);
    if (text.charAt(next) == '}') {
      String end = text.contains("\r\n") ? "\r\n" : "\n";
      String indent = space.isEmpty() ? outer : indentAt(text, next);
      return head
          + end
          + indent
          + UNIT
          + member.at(indent + UNIT)
          + end
          + indent
          + text.substring(next);
    }
    int line = space.lastIndexOf('\n');
    return line < 0
        ? head + space + oneLine(member.at("")) + "," + text.substring(open)
        : head + space + member.at(space.substring(line + 1)) + "," + text.substring(open);
  }

  private static String indentAt(String text, int offset) {
    String line = text.substring(text.lastIndexOf('\n', offset - 1) + 1, offset);
    return line.chars()
        .takeWhile(Character::isWhitespace)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String oneLine(String member) {
    return member.lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private String servers(String indent) {
    String inner = indent + UNIT;
    return Json.line(SERVERS) + ": {\n" + inner + member(inner) + "\n" + indent + "}";
  }

  private String member(String indent) {
    return Json.line(NAME) + ": " + value(indent);
  }

  private String value(String indent) {
    String arguments =
        command.stream().skip(1).map(Json::line).collect(Collectors.joining(", ", "[", "]"));
    return """
    {
      "type": "stdio",
      "command": %s,
      "args": %s
    }\
    """
        .formatted(Json.line(command.getFirst()), arguments)
        .replace("\n", "\n" + indent);
  }

  /** What was there must still be there, and nothing else but the entry. */
  private void requireSound(Path file, String before, String after) {
    var expected = (tools.jackson.databind.node.ObjectNode) Json.parse(before.getBytes(UTF_8));
    expected.withObject("/" + SERVERS).set(NAME, Json.parse(value("").getBytes(UTF_8)));
    if (!Json.parse(after.getBytes(UTF_8)).equals(expected)) {
      throw unusable(file, "the server cannot be added to it safely");
    }
  }

  static BackupException unusable(Path file, String why) {
    return new BackupException(
        ErrorCode.CONFIG_INVALID,
        file + " cannot be extended: " + why + "; nothing was changed",
        "Mend or move the file, then try again.");
  }
}
