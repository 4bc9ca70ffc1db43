package dev.workbuddy.backup.sqlite;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a database file holds.
 *
 * @param rowCounts rows of every ordinary table; virtual tables keep theirs in shadow tables, which
 *     are counted
 * @param highMarks what tells an older file from a newer one; none where there is damage
 * @param foreignKeyViolations rows whose parents are not there, and one for each table whose
 *     foreign key names columns that cannot be a key; empty where nobody looked for them
 * @param damage what SQLite's check complains about; empty where it finds nothing
 * @param unchecked tables that could not be checked, since they need collations or functions that
 *     only the application has
 */
public record Inspection(
    int pageSize,
    long pageCount,
    int applicationId,
    int userVersion,
    Map<String, Long> rowCounts,
    HighMarks highMarks,
    OptionalLong foreignKeyViolations,
    List<String> damage,
    List<String> unchecked) {

  public Inspection {
    rowCounts = Collections.unmodifiableMap(new TreeMap<>(rowCounts));
    damage = List.copyOf(damage);
    unchecked = List.copyOf(unchecked);
  }

  public boolean sound() {
    return damage.isEmpty();
  }

  public long rows() {
    return rowCounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
