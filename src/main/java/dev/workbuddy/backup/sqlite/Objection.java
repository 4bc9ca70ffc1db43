package dev.workbuddy.backup.sqlite;

import java.util.List;

/**
 * Something that SQLite objects to although every row can be read: an index that disagrees with its
 * table, a full-text index that disagrees with its text, a row that breaks a constraint.
 *
 * @param object what it is about, for example {@code index by_name}
 * @param words SQLite's own words, on one line; where several differ in a number alone, the first
 * @param times how often SQLite said so
 */
public record Objection(String object, String words, long times) {

  /** Whether another look found the same thing, whatever the numbers in it. */
  public boolean isLike(Objection other) {
    return object.equals(other.object) && shape(words).equals(shape(other.words));
  }

  /** Those that are not among the earlier ones. */
  public static List<Objection> newSince(List<Objection> earlier, List<Objection> now) {
    return now.stream().filter(one -> earlier.stream().noneMatch(one::isLike)).toList();
  }

  /** The objection as a part of a sentence. */
  public String text() {
    return times == 1 ? words : "%s, and %,d more like it".formatted(words, times - 1);
  }

  static String shape(String words) {
    return words.replaceAll("\\d+", "#");
  }
}
