package dev.workbuddy.backup.sqlite;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code quick_check} or {@code integrity_check} answers, in one row or in several that differ
 * in a number alone.
 *
 * @param object the name of the index or table that it is about; empty where that is not known
 * @param words the first such row
 */
record CheckFindings(Kind kind, String object, String words, long times) {
  /** What SQLite writes above its complaints about b-trees, all of them in one row. */
  private static final String STRUCTURE_HEADING = "*** in database";

  /**
   * What a complaint is about. Everything that is not known for certain to be harmless is damage.
   */
  enum Kind {
    /** The entries of an index, which can be made again from the table. */
    INDEX,
    /** The order of the rows of a table without rowid; a walk over all of them needs none. */
    KEY_ORDER,
    /** A value that breaks NOT NULL, or that is of another type than declared. */
    VALUE,
    /** A row that breaks a CHECK constraint. */
    CHECK,
    /** The insides of a virtual table; its shadow tables are ordinary ones. */
    VIRTUAL,
    /** The b-trees themselves. */
    STRUCTURE,
    UNKNOWN
  }

  private record Rule(Kind kind, Pattern before, String after) {}

  private static final List<Rule> RULES =
      List.of(
          rule(Kind.INDEX, "row -?\\d+ missing from index ", ""),
          rule(Kind.INDEX, "row -?\\d+ values differ from index ", ""),
          rule(Kind.INDEX, "rowid not at end-of-record for row -?\\d+ of index ", ""),
          rule(Kind.INDEX, "index ", " stores an imprecise floating-point value"),
          rule(Kind.INDEX, "wrong # of entries in index ", ""),
          rule(Kind.INDEX, "non-unique entry in index ", ""),
          rule(Kind.KEY_ORDER, "row not in PRIMARY KEY order for ", ""),
          rule(Kind.VALUE, "(?:NULL|NUMERIC|TEXT|non-\\w+) value in ", "."),
          rule(Kind.CHECK, "CHECK constraint failed in ", ""),
          rule(Kind.VIRTUAL, "malformed inverted index for FTS\\d table main\\.", ""),
          rule(
              Kind.VIRTUAL, "unable to validate the inverted index for FTS\\d table main\\.", ": "),
          rule(Kind.VIRTUAL, "In RTree main\\.", ":"));

  private static Rule rule(Kind kind, String before, String after) {
    return new Rule(kind, Pattern.compile(before), after);
  }

  /** What a row is about, which counts only where it names what the schema has. */
  static CheckFindings of(String row, SchemaNames names) {
    if (row.startsWith(STRUCTURE_HEADING)) {
      return new CheckFindings(Kind.STRUCTURE, "", row, 1);
    }
    for (Rule rule : RULES) {
      Matcher before = rule.before().matcher(row);
      if (before.lookingAt()) {
        Optional<String> object =
            names.leading(rule.kind(), row.substring(before.end()), rule.after());
        if (object.isPresent()) {
          return new CheckFindings(rule.kind(), object.get(), row, 1);
        }
      }
    }
    return new CheckFindings(Kind.UNKNOWN, "", row, 1);
  }

  /** What tells it from others that are not like it. */
  String key() {
    return kind + "\0" + object + "\0" + Objection.shape(words);
  }

  /** Returns this finding with another one like it counted in. */
  CheckFindings and(CheckFindings other) {
    return new CheckFindings(kind, object, words, times + other.times);
  }

  /** The object with what it is, for people. */
  String label() {
    return switch (kind) {
      case INDEX -> "index " + object;
      case VIRTUAL -> "virtual table " + object;
      case KEY_ORDER, VALUE, CHECK -> "table " + object;
      case STRUCTURE, UNKNOWN -> "the database";
    };
  }

  /** What it says, line by line, without SQLite's headings. */
  List<String> lines() {
    return words.lines().filter(line -> !line.startsWith(STRUCTURE_HEADING)).toList();
  }
}
