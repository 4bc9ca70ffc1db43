package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.tables.SqlValue;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows and their values, short enough for a line on a terminal, and harmless to it. */
final class RowText {
  private static final int LENGTH = 60;

  private RowText() {}

  /** The values with their columns' names. */
  static String of(Map<String, SqlValue> row) {
    return row.entrySet().stream()
        .map(cell -> shortened(cell.getKey()) + "=" + of(cell.getValue()))
        .collect(Collectors.joining(" "));
  }

  /** The value as SQL would write it. */
  static String of(SqlValue cell) {
    return shortened(cell.literal());
  }

  /** Returns the value as SQL would write it, but text without quotes. */
  static String plain(SqlValue cell) {
    return cell instanceof SqlValue.Text text ? shortened(text.value()) : of(cell);
  }

  private static String shortened(String text) {
    return SafeText.shortened(SafeText.visible(text), LENGTH);
  }
}
