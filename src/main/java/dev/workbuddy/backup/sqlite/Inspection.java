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
 * @param damage what makes rows unreadable or their number doubtful, in SQLite's words; empty where
 *     nothing does
 * @param objections what SQLite objects to although every row can be read
 * @param unchecked what only the application can check
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
    List<Objection> objections,
    List<Unchecked> unchecked) {

  public Inspection {
    rowCounts = Collections.unmodifiableMap(new TreeMap<>(rowCounts));
    damage = List.copyOf(damage);
    objections = List.copyOf(objections);
    unchecked = List.copyOf(unchecked);
  }

  public Soundness soundness() {
    if (!damage.isEmpty()) {
      return Soundness.UNUSABLE;
    }
    return objections.isEmpty() ? Soundness.SOUND : Soundness.FLAGGED;
  }

  /** Whether all its rows can be read: whatever is usable is saved and restored. */
  public boolean isUsable() {
    return damage.isEmpty();
  }

  public long rows() {
    return rowCounts.values().stream().mapToLong(Long::longValue).sum();
  }
}
