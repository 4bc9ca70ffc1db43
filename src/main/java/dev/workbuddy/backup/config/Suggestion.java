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

  /** A full key whose last word is the given one: the right word in the wrong section. */
  static Optional<String> elsewhere(String word, Collection<String> fullKeys) {
    return fullKeys.stream().filter(key -> key.endsWith("." + word)).findFirst();
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
