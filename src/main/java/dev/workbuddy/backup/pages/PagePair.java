package dev.workbuddy.backup.pages;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Two versions of a database, page by page. One reading of both files tells which pages hold the
 * same under the same number; everything later only looks at few of them. Confined to one thread.
 */
public final class PagePair implements Closeable {
  private static final int CHUNK_BYTES = 1 << 18;

  private final PageFile before;
  private final PageFile after;
  private final BitSet same = new BitSet();
  private final BitSet spilling = new BitSet();
  private final BitSet leavesBefore = new BitSet();
  private final BitSet leavesAfter = new BitSet();

  private PagePair(PageFile before, PageFile after) {
    this.before = before;
    this.after = after;
  }

  /**
   * Reads both; nobody may write either file.
   *
   * @throws UnexpectedPageException where the pages of one cannot be compared with those of the
   *     other
   */
  public static PagePair of(Path before, Path after) throws IOException, UnexpectedPageException {
    PageFile old = PageFile.open(before);
    try {
      return new PagePair(old, PageFile.open(after)).compared();
    } catch (IOException | UnexpectedPageException | RuntimeException e) {
      old.close();
      throw e;
    }
  }

  private PagePair compared() throws IOException, UnexpectedPageException {
    try {
      if (!before.isLaidOutLike(after)) {
        throw new UnexpectedPageException("the pages are laid out differently");
      }
      compare();
      return this;
    } catch (IOException | UnexpectedPageException | RuntimeException e) {
      after.close();
      throw e;
    }
  }

  private void compare() throws IOException, UnexpectedPageException {
    int inChunk = Math.max(1, CHUNK_BYTES / before.pageSize());
    byte[] old = new byte[inChunk * before.pageSize()];
    byte[] now = new byte[inChunk * before.pageSize()];
    for (int first = 2; first <= pages() && first > 0; first += inChunk) {
      int oldBytes = before.read(first, old);
      int nowBytes = after.read(first, now);
      noteSame(first, old, now, Math.min(oldBytes, nowBytes));
      noteLeaves(before, first, old, oldBytes, leavesBefore);
      noteLeaves(after, first, now, nowBytes, leavesAfter);
    }
  }

  /** Looks for one difference after the other, so that long equal parts are compared at once. */
  private void noteSame(int first, byte[] old, byte[] now, int common) {
    int size = before.pageSize();
    int begin = 0;
    while (begin < common) {
      int differs = Arrays.mismatch(old, begin, common, now, begin, common);
      int end = differs < 0 ? common : begin + differs / size * size;
      same.set(first + begin / size, first + end / size);
      for (int at = begin; at < end; at += size) {
        noteSpilling(first + at / size, before.tree(old, at));
      }
      begin = end + size;
    }
  }

  private static void noteLeaves(PageFile file, int first, byte[] chunk, int bytes, BitSet leaves) {
    for (int at = 0; at < bytes; at += file.pageSize()) {
      if (file.tree(chunk, at).isLeaf()) {
        leaves.set(first + at / file.pageSize());
      }
    }
  }

  /** What only looks like a page of a b-tree is never asked for. */
  private void noteSpilling(int number, TreePage page) {
    try {
      if (page.holdsRows() && page.spills()) {
        spilling.set(number);
      }
    } catch (UnexpectedPageException e) {
      same.clear(number);
    }
  }

  /** Whether a page with rows holds the same in both files, with all that it has elsewhere. */
  boolean isSame(int number) throws IOException, UnexpectedPageException {
    return same.get(number) && (!spilling.get(number) || hasSameOverflow(before.page(number)));
  }

  private boolean hasSameOverflow(TreePage page) throws IOException, UnexpectedPageException {
    for (int cell = 0; cell < page.cells(); cell++) {
      if (!hasSameOverflow(page, cell)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the rest of a cell's content is in pages that are the same in both files. */
  private boolean hasSameOverflow(TreePage page, int cell)
      throws IOException, UnexpectedPageException {
    long pages = page.spilledPages(cell);
    if (pages > before.pages()) {
      throw new UnexpectedPageException("a row is larger than its file");
    }
    int overflow = pages == 0 ? 0 : page.firstSpilledPage(cell);
    for (long i = 0; i < pages; i++) {
      if (overflow < 0 || !same.get(overflow)) {
        return false;
      }
      overflow = before.next(overflow);
    }
    return true;
  }

  /** Whether a cell of an older page holds the same row as one of a newer page. */
  boolean isSame(TreePage old, int oldCell, TreePage now, int nowCell)
      throws IOException, UnexpectedPageException {
    return old.hasSameRow(oldCell, now, nowCell)
        || (old.hasSameBeginning(oldCell, now, nowCell) && hasSameOverflow(old, oldCell));
  }

  PageFile before() {
    return before;
  }

  PageFile after() {
    return after;
  }

  /** The pages that hold the rows of the older table. */
  BitSet pagesBefore(int root) throws IOException, UnexpectedPageException {
    return TreeWalk.pages(before, leavesBefore, root);
  }

  /** The pages that hold the rows of the newer table. */
  BitSet pagesAfter(int root) throws IOException, UnexpectedPageException {
    return TreeWalk.pages(after, leavesAfter, root);
  }

  /** How many pages there are in the larger file. */
  public int pages() {
    return Math.max(before.pages(), after.pages());
  }

  /** How many of them differ, the first left aside. */
  public int differing() {
    return pages() - 1 - same.cardinality();
  }

  @Override
  public void close() throws IOException {
    try (before) {
      after.close();
    }
  }
}
