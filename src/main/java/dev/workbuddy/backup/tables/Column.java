package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.sqlite.Sql;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A column as the schema declares it.
 *
 * @param type the declared type, empty where there is none
 * @param defaultValue the default as SQL; null where there is none
 * @param keyPosition its place in the primary key, counted from 1; 0 where it is not part of it
 * @param keyCollation in which the key compares it, which need not be the column's own; null where
 *     no index does
 * @param generated whether its value is computed from others
 */
public record Column(
    String name,
    String type,
    boolean notNull,
    @Nullable String defaultValue,
    int keyPosition,
    @Nullable String keyCollation,
    boolean generated) {

  public boolean isKey() {
    return keyPosition > 0;
  }

  public boolean isNamed(String other) {
    return Sql.isSameName(name, other);
  }

  /** This column as a key compares it in a collation; null for the column's own. */
  Column comparedIn(@Nullable String collation) {
    return new Column(name, type, notNull, defaultValue, keyPosition, collation, generated);
  }

  /** The name, quoted for SQL. */
  public String quoted() {
    return Sql.quote(name);
  }

  /** How a key compares values on its right side. */
  public String comparedInKey(String value) {
    return keyCollation == null ? value : value + " COLLATE " + Sql.quote(keyCollation);
  }

  /** Whether SQLite turns every number into text here, by its rules for declared types. */
  boolean holdsNoNumbers() {
    String folded = Sql.folded(type);
    return !folded.contains("int")
        && (folded.contains("char") || folded.contains("clob") || folded.contains("text"));
  }

  /** As what SQLite stores values here where it can: SQLite's datatypes, 3.1. */
  public String affinity() {
    String folded = Sql.folded(type);
    if (folded.contains("int")) {
      return "INTEGER";
    }
    if (holdsNoNumbers()) {
      return "TEXT";
    }
    if (folded.isEmpty() || folded.contains("blob")) {
      return "BLOB";
    }
    boolean real = Stream.of("real", "floa", "doub").anyMatch(folded::contains);
    return real ? "REAL" : "NUMERIC";
  }

  /** The declaration, for people. */
  public String declaration() {
    return String.join(
            " ",
            type,
            notNull ? "NOT NULL" : "",
            defaultValue == null ? "" : "DEFAULT " + defaultValue,
            isKey() ? "PRIMARY KEY " + keyPosition : "",
            generated ? "GENERATED" : "")
        .replaceAll(" +", " ")
        .strip();
  }
}
