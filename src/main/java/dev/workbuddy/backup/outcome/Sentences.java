package dev.workbuddy.backup.outcome;

/** Puts sentences for people together. */
public final class Sentences {
  private static final String ENDS = ".!?…";

  private Sentences() {}

  /**
   * What is wrong, and then what to do, with one full stop in between. Tools end their sentences or
   * do not, as they like.
   *
   * @param next empty where there is nothing to do
   */
  public static String join(String first, String next) {
    String begun = first.strip();
    if (begun.isEmpty() || next.isBlank()) {
      return begun + next.strip();
    }
    boolean ended = ENDS.indexOf(begun.charAt(begun.length() - 1)) >= 0;
    return begun + (ended ? " " : ". ") + next.strip();
  }
}
