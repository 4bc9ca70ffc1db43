package dev.workbuddy.backup.pages;

import java.io.IOException;
import java.util.BitSet;

/** Goes through a b-tree from its root, reading only the pages that lead to others. */
final class TreeWalk {
  /** SQLite itself goes no deeper. */
  private static final int MAX_DEPTH = 20;

  private final PageFile file;
  private final BitSet leaves;
  private final BitSet seen = new BitSet();
  private final BitSet withRows = new BitSet();

  private TreeWalk(PageFile file, BitSet leaves) {
    this.file = file;
    this.leaves = leaves;
  }

  /**
   * The pages of one tree that hold rows.
   *
   * @param leaves all of the file's, of whatever tree
   */
  static BitSet pages(PageFile file, BitSet leaves, int root)
      throws IOException, UnexpectedPageException {
    TreeWalk walk = new TreeWalk(file, leaves);
    walk.visit(root, 0);
    return walk.withRows;
  }

  private void visit(int number, int depth) throws IOException, UnexpectedPageException {
    if (number < 2 || seen.get(number) || depth == MAX_DEPTH) {
      throw new UnexpectedPageException("page " + number + " is in a tree where it cannot be");
    }
    seen.set(number);
    if (leaves.get(number)) {
      withRows.set(number);
      return;
    }
    TreePage page = file.page(number);
    if (!page.isInterior()) {
      throw new UnexpectedPageException("page " + number + " is in a tree and leads nowhere");
    }
    if (page.holdsRows()) {
      withRows.set(number);
    }
    for (int cell = 0; cell <= page.cells(); cell++) {
      visit(page.child(cell), depth + 1);
    }
  }
}
