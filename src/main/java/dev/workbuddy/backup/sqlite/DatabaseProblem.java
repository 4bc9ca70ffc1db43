package dev.workbuddy.backup.sqlite;

import java.util.Locale;

/**
 * Why a vital database could not be saved.
 *
 * @param detail what was seen, in words for the user
 */
public record DatabaseProblem(Kind kind, String detail) {

  /** The reasons, told apart because the user's next action differs. */
  public enum Kind {
    MISSING,
    NOT_A_FILE,
    EMPTY,
    NOT_A_DATABASE,
    LOCKED,
    CORRUPT,
    UNREADABLE;

    /** The word for this reason in the manifest. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
