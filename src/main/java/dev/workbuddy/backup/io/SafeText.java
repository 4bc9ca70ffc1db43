package dev.workbuddy.backup.io;

/** Text from elsewhere, such as file names, made fit to be printed within a line. */
public final class SafeText {
  private static final int LONGEST = 300;

  private SafeText() {}

  /** The text with U+FFFD in place of each control character: it cannot steer a terminal. */
  public static String visible(String text) {
    return text.replaceAll("\\p{Cc}", "\uFFFD");
  }

  /** The text on one line, shortened where it is very long. */
  public static String line(String text) {
    String one = visible(text.strip().replaceAll("\\s*\\R\\s*", "; "));
    return one.length() <= LONGEST ? one : one.substring(0, LONGEST) + "…";
  }
}
