package dev.workbuddy.backup.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known word a user meant. */
public final class Suggestion {
  private static final int LONGEST_KEY = 60;

  private Suggestion() {}

  /** The known word with the fewest edits, if these are few for its length. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    String given = word.toLowerCase(Locale.ROOT);
    if (given.length() > LONGEST_KEY) {
      return Optional.empty();
    }
    Comparator<String> byEdits = Comparator.comparingInt(key -> edits(given, key));
    return known.stream()
        .min(byEdits.thenComparing(Comparator.naturalOrder()))
        .filter(key -> edits(given, key) <= Math.max(1, key.length() / 3));
  }

  /** The known word that is one slip away: a letter more, less, other, or two swapped. */
  static Optional<String> slip(String word, Collection<String> known) {
    String given = word.toLowerCase(Locale.ROOT);
    return given.length() > LONGEST_KEY
        ? Optional.empty()
        : known.stream().sorted().filter(key -> edits(given, key) <= 1).findFirst();
  }

  /** A full key whose last word is the given one: the right word in the wrong section. */
  static Optional<String> elsewhere(String word, Collection<String> fullKeys) {
    return fullKeys.stream().filter(key -> key.endsWith("." + word)).findFirst();
  }

  /** How many letters to insert, leave out, change or swap with their neighbour. */
  private static int edits(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : edits(a, b, i, j, edits);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int edits(String a, String b, int i, int j, int[][] before) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int fewest = before[i - 1][j - 1] + (same ? 0 : 1);
    fewest = Math.min(fewest, 1 + Math.min(before[i - 1][j], before[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(fewest, 1 + before[i - 2][j - 2]) : fewest;
  }
}
