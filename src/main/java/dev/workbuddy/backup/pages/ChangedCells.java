package dev.workbuddy.backup.pages;

import dev.workbuddy.backup.pages.ChangedRanges.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the rows of a table that do not stand, byte by byte, in the same page of both versions. All
 * others are the same, so these are enough to look at.
 */
final class ChangedCells {
  /** Where there are more, looking for them costs more than it saves. */
  private static final int MOST = 500_000;

  private final PagePair pair;
  private final List<Range> found = new ArrayList<>();

  ChangedCells(PagePair pair) {
    this.pair = pair;
  }

  /**
   * Their numbers, in no order.
   *
   * @throws UnexpectedPageException where the pages do not tell
   */
  List<Range> find(int rootBefore, int rootAfter) throws IOException, UnexpectedPageException {
    BitSet old = pair.pagesBefore(rootBefore);
    BitSet now = pair.pagesAfter(rootAfter);
    BitSet all = (BitSet) old.clone();
    all.or(now);
    for (int page = all.nextSetBit(0); page >= 0; page = all.nextSetBit(page + 1)) {
      if (!now.get(page)) {
        addAll(pair.before().page(page));
      } else if (!old.get(page)) {
        addAll(pair.after().page(page));
      } else if (!pair.isSame(page)) {
        addDiffering(pair.before().page(page), pair.after().page(page));
      }
      if (found.size() > MOST) {
        throw new UnexpectedPageException("too much has changed");
      }
    }
    return found;
  }

  private void addAll(TreePage page) throws UnexpectedPageException {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int cell = 0; cell < page.cells(); cell++) {
      least = Math.min(least, page.number(cell));
      most = Math.max(most, page.number(cell));
    }
    if (least <= most) {
      found.add(new Range(least, most));
    }
  }

  /** Entries of an index have no numbers: what both begin and end with is left aside. */
  private void addDiffering(TreePage old, TreePage now)
      throws IOException, UnexpectedPageException {
    if (old.isNumbered() && now.isNumbered()) {
      addUnequal(old, now);
      return;
    }
    int least = Math.min(old.cells(), now.cells());
    int head = 0;
    while (head < least && old.hasSameRow(head, now, head)) {
      head++;
    }
    int tail = 0;
    while (tail < least - head
        && old.hasSameRow(old.cells() - 1 - tail, now, now.cells() - 1 - tail)) {
      tail++;
    }
    addMissing(old, head, old.cells() - tail, rows(now, head, now.cells() - tail));
    addMissing(now, head, now.cells() - tail, rows(old, head, old.cells() - tail));
  }

  /** Goes through both in step; where one is out of order, rows are only taken for changed. */
  private void addUnequal(TreePage old, TreePage now) throws IOException, UnexpectedPageException {
    int left = 0;
    int right = 0;
    while (left < old.cells() || right < now.cells()) {
      long was = left < old.cells() ? old.number(left) : Long.MAX_VALUE;
      long is = right < now.cells() ? now.number(right) : Long.MAX_VALUE;
      boolean both = was == is && left < old.cells() && right < now.cells();
      if (!both || !pair.isSame(old, left, now, right)) {
        found.add(new Range(Math.min(was, is), Math.min(was, is)));
      }
      left += left < old.cells() && was <= is ? 1 : 0;
      right += right < now.cells() && is <= was ? 1 : 0;
    }
  }

  private static Set<ByteBuffer> rows(TreePage page, int from, int to)
      throws UnexpectedPageException {
    Set<ByteBuffer> rows = new HashSet<>();
    for (int cell = from; cell < to; cell++) {
      page.row(cell).ifPresent(rows::add);
    }
    return rows;
  }

  private void addMissing(TreePage page, int from, int to, Set<ByteBuffer> others)
      throws UnexpectedPageException {
    for (int cell = from; cell < to; cell++) {
      Optional<ByteBuffer> row = page.row(cell);
      if (row.isEmpty() || !others.contains(row.get())) {
        long number = page.number(cell);
        found.add(new Range(number, number));
      }
    }
  }
}
