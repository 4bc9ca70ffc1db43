package dev.workbuddy.backup.io;

import dev.workbuddy.backup.outcome.VisibleText;

/** Text from elsewhere, such as file names, made fit to be printed within a line. */
public final class SafeText {
  private static final int LONGEST = 300;

  private SafeText() {}

  /** The text on one line, with each hidden character shown as its number. */
  public static String visible(String text) {
    return VisibleText.line(text);
  }

  /** The text on one line, shortened where it is very long. */
  public static String line(String text) {
    return shortened(joined(text), LONGEST);
  }

  /** The text on one line: what stood on several is parted by semicolons. */
  public static String joined(String text) {
    return visible(text.strip().replaceAll("\\s*\\R\\s*", "; "));
  }

  /**
   * The text without its middle where it is longer than that; both ends stay, so that long names
   * can be told apart.
   */
  public static String shortened(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int tail = longest / 4;
    int head = longest - tail - 1;
    return text.substring(0, whole(text, head))
        + "…"
        + text.substring(whole(text, text.length() - tail));
  }

  /** The end of a text, on one line: what a program said last tells most. */
  public static String end(String text, int longest) {
    String one = visible(text.replaceAll("\\s+", " ").strip());
    return one.length() <= longest ? one : "…" + one.substring(whole(one, one.length() - longest));
  }

  /** Returns the place, or the one before it where it lies within a character. */
  private static int whole(String text, int place) {
    return Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
  }
}
