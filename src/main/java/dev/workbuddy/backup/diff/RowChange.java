package dev.workbuddy.backup.diff;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.workbuddy.backup.tables.SqlValue;
import java.util.Locale;
import java.util.Map;

/**
 * One row that differs.
 *
 * @param database the logical name
 * @param key the primary key; empty where the table has none
 * @param before the values on the first side; of a changed row only those that differ
 * @param after the values on the second side, in the same way
 * @param copies how many equal rows there are more; always 1 where the table has a key
 */
public record RowChange(
    String database,
    String table,
    Kind change,
    Map<String, SqlValue> key,
    Map<String, SqlValue> before,
    Map<String, SqlValue> after,
    long copies) {

  /** What became of it from the first side to the second. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
