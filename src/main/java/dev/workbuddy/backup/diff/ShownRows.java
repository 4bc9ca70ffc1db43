package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.tables.SqlValue;
import java.util.List;
import java.util.Map;

/**
 * How much of the differing rows a result shows, in all its tables together; for one thread. What
 * is left out is still counted.
 */
final class ShownRows {
  private static final long MOST_BYTES = 8L << 20;

  /** What a value costs in memory, however short it is. */
  private static final int CELL_BYTES = 32;

  private long left = MOST_BYTES;

  /** Whether there is room for one more; it is taken, then. */
  boolean admit(RowChange change) {
    if (left <= 0) {
      return false;
    }
    for (Map<String, SqlValue> side : List.of(change.key(), change.before(), change.after())) {
      left -= side.values().stream().mapToLong(cell -> cell.length() + CELL_BYTES).sum();
    }
    return true;
  }
}
