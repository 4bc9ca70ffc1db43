package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.SafeText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Columns of text under headings; those named numeric are flush right. */
final class Table {
  private static final int WIDEST = 1000;

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> flushRight = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();

  Table text(String heading) {
    return column(fit(heading), false);
  }

  Table number(String heading) {
    return column(heading, true);
  }

  private Table column(String heading, boolean right) {
    headings.add(heading);
    flushRight.add(right);
    return this;
  }

  void row(String... cells) {
    rows.add(Arrays.stream(cells).map(Table::fit).toList());
  }

  /** As it is printed, so that columns stay in line. */
  private static String fit(String cell) {
    return SafeText.shortened(SafeText.visible(cell), WIDEST);
  }

  void print(PrintStream out) {
    rows.addFirst(headings);
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(column == 0 ? "" : "  ").append(padded(row.get(column), column));
      }
      out.println(line.toString().stripTrailing());
    }
    rows.removeFirst();
  }

  private String padded(String cell, int column) {
    int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    String padding = " ".repeat(width - cell.length());
    return flushRight.get(column) ? padding + cell : cell + padding;
  }
}
