package dev.workbuddy.backup.outcome;

import java.util.function.IntPredicate;

/**
 * Text in which every character can be seen. Names come from databases, file systems and other
 * machines; a hidden character in one could steer a terminal, forge a line, or make a name read as
 * another. Each is shown as its number, such as <code>&#92;u{1b}</code>, so that two names that
 * differ only in what is hidden stay two.
 */
public final class VisibleText {
  private static final String BLANK_LETTERS = "\u034f\u115f\u1160\u3164\uffa0";

  private VisibleText() {}

  /** The text on one line: line breaks are shown as their numbers, too. */
  public static String line(String text) {
    return shown(text, VisibleText::isHidden);
  }

  /** The text with its line breaks, for texts of several lines. */
  public static String lines(String text) {
    return shown(text, character -> character != '\n' && isHidden(character));
  }

  private static String shown(String text, IntPredicate hidden) {
    if (text.codePoints().noneMatch(hidden)) {
      return text;
    }
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            character -> {
              if (hidden.test(character)) {
                shown.append("\\u{").append(Integer.toHexString(character)).append('}');
              } else {
                shown.appendCodePoint(character);
              }
            });
    return shown.toString();
  }

  /**
   * Whether nobody sees the character, or it changes how others are seen: control and format
   * characters (directions of text among them), separators of lines, halves of surrogate pairs, and
   * what has no meaning in Unicode.
   */
  public static boolean isHidden(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> BLANK_LETTERS.indexOf(character) >= 0;
    };
  }
}
