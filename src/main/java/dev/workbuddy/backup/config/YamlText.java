package dev.workbuddy.backup.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes text as a YAML scalar that every YAML parser, old or new, reads back as the same text. */
final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("\\.|[./]?[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Set<String> SPECIAL =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n", ".inf", ".nan");

  private YamlText() {}

  static String scalar(String text) {
    boolean special = SPECIAL.contains(text.toLowerCase(Locale.ROOT));
    return PLAIN.matcher(text).matches() && !special ? text : quoted(text);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> quoted.append(escaped(character)));
    return quoted.append('"').toString();
  }

  private static String escaped(int character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default ->
          isVisible(character) ? Character.toString(character) : "\\U%08X".formatted(character);
    };
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
