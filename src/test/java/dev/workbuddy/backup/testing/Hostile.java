package dev.workbuddy.backup.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.VisibleText;
import java.util.List;

/** Names as an attacker would choose them, and whether a text that quotes them is safe to show. */
public final class Hostile {
  /** What a forged line would begin with. */
  public static final String FORGED = "wb-backup: forged";

  /** One name with every kind of hidden character that SQLite and the file system take. */
  public static final String NAME =
      "x\u001b[31m\u0007\r\n"
          + FORGED
          + "\t\u0085\u009b2J\u202e\u2066\u200f\u200b\u2028\u2029\u00ad\ufeff\ue000\u3164\udb40\udc41y";

  /** A character of each kind that nobody sees. */
  public static final List<String> CHARACTERS =
      List.of(
          "\u0001",
          "\b",
          "\t",
          "\r",
          "\u001b",
          "\u007f",
          "\u0080",
          "\u0085",
          "\u009b",
          "\u00ad",
          "\u034f",
          "\u061c",
          "\u115f",
          "\u200b",
          "\u200d",
          "\u200e",
          "\u200f",
          "\u2028",
          "\u2029",
          "\u202a",
          "\u202e",
          "\u2060",
          "\u2066",
          "\u2069",
          "\u3164",
          "\ue000",
          "\ufeff",
          "\uffa0",
          "\ufffe",
          "\ud800",
          "\udc00",
          "\udb40\udc41",
          "\udb80\udc00");

  private Hostile() {}

  /** The text has no hidden character but line breaks, and no line that only a name made. */
  public static void requireSafe(String what, String text) {
    assertThat(text.codePoints().filter(c -> c != '\n' && VisibleText.isHidden(c)).boxed())
        .as("hidden characters of " + what + ": " + text)
        .isEmpty();
    assertThat(text.lines()).as("lines of " + what).noneMatch(line -> line.startsWith(FORGED));
  }
}
