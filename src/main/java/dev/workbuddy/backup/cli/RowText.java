package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.recovery.Cell;

/** Values of rows, short enough for a line on a terminal, and harmless to it. */
final class RowText {
  private static final int LENGTH = 60;

  private RowText() {}

  static String of(Cell cell) {
    String literal = cell.literal().replaceAll("\\p{Cntrl}", "�");
    return literal.length() <= LENGTH ? literal : literal.substring(0, LENGTH - 1) + "…";
  }
}
