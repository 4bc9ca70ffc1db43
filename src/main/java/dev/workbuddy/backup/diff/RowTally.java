package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.diff.DiffResult.RowsDiff;
import dev.workbuddy.backup.diff.RowChange.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts the differing rows of one table, keeps the first, and passes all of them on. */
final class RowTally implements RowSink {
  private final int limit;
  private final ShownRows shown;
  private final RowSink next;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<RowChange> first = new ArrayList<>();
  private long leftOut;

  /**
   * For one table.
   *
   * @param limit how many rows to keep at most
   * @param shown the room that it shares with other tables
   */
  RowTally(int limit, ShownRows shown, RowSink next) {
    this.limit = limit;
    this.shown = shown;
    this.next = next;
  }

  @Override
  public void accept(RowChange change) throws IOException {
    counts.merge(change.change(), change.copies(), Long::sum);
    if (first.size() < limit && shown.admit(change)) {
      first.add(change);
    } else {
      leftOut++;
    }
    next.accept(change);
  }

  RowsDiff result(boolean keyed, List<String> uncompared) {
    return new RowsDiff(
        keyed,
        counts.getOrDefault(Kind.ADDED, 0L),
        counts.getOrDefault(Kind.REMOVED, 0L),
        counts.getOrDefault(Kind.CHANGED, 0L),
        uncompared,
        List.copyOf(first),
        leftOut);
  }
}
