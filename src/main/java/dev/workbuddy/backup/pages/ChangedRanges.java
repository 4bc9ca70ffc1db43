package dev.workbuddy.backup.pages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The row numbers among which two versions of a table can differ; in a table without rowid the
 * values of its key's first column. A row with another number is the same on both sides.
 *
 * @param ranges in order, not touching each other
 */
public record ChangedRanges(List<Range> ranges) {
  public static final ChangedRanges NOTHING = new ChangedRanges(List.of());
  public static final ChangedRanges EVERYTHING =
      new ChangedRanges(List.of(new Range(Long.MIN_VALUE, Long.MAX_VALUE)));

  /** Both ends belong to it. */
  public record Range(long low, long high) {}

  public ChangedRanges {
    ranges = List.copyOf(ranges);
  }

  public boolean none() {
    return ranges.isEmpty();
  }

  public boolean everything() {
    return equals(EVERYTHING);
  }

  /** Compares two trees. Anything odd about them makes every row a candidate. */
  public static ChangedRanges between(PagePair pair, int rootBefore, int rootAfter)
      throws IOException {
    try {
      return of(new ChangedCells(pair).find(rootBefore, rootAfter));
    } catch (UnexpectedPageException e) {
      return EVERYTHING;
    }
  }

  /** Joins what overlaps or touches. */
  static ChangedRanges of(List<Range> unordered) {
    List<Range> ordered = new ArrayList<>(unordered);
    ordered.sort(Comparator.comparingLong(Range::low));
    List<Range> joined = new ArrayList<>();
    for (Range next : ordered) {
      Range last = joined.isEmpty() ? null : joined.getLast();
      if (last != null && (next.low() <= last.high() || next.low() == last.high() + 1)) {
        joined.set(joined.size() - 1, new Range(last.low(), Math.max(last.high(), next.high())));
      } else {
        joined.add(next);
      }
    }
    return new ChangedRanges(joined);
  }
}
