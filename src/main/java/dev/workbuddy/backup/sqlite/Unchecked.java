package dev.workbuddy.backup.sqlite;

/**
 * Something that only the application can check, since it needs a collation, a function, a
 * tokenizer or a module that SQLite has not got here.
 *
 * @param object what it is, for example {@code index by_name}
 * @param words what is lacking, in SQLite's own words
 */
public record Unchecked(String object, String words) {
  /** It as a part of a sentence. */
  public String text() {
    return object + " (" + words + ")";
  }
}
