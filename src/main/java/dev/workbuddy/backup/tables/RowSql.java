package dev.workbuddy.backup.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Conditions and lists of columns that compare two tables' rows to the last bit. */
public final class RowSql {
  private RowSql() {}

  /** The columns of one side, for a SELECT. */
  public static String list(String alias, List<Column> columns) {
    return joined(columns, ", ", column -> alias + "." + column.quoted());
  }

  /** That the columns are equal in the way that the table's key takes them for equal. */
  public static String sameKey(String left, String right, List<Column> key) {
    return joined(
        key,
        " AND ",
        c -> left + "." + c.quoted() + " = " + c.comparedInKey(right + "." + c.quoted()));
  }

  /**
   * That some value differs: bytes, not what a collation or a comparison of numbers takes for
   * equal. False where there are no columns.
   */
  public static String differs(String left, String right, List<Column> columns) {
    List<String> terms = new ArrayList<>();
    for (Column column : columns) {
      String a = left + "." + column.quoted();
      String b = right + "." + column.quoted();
      terms.add(a + " IS NOT " + b + " COLLATE BINARY");
      if (!column.holdsNoNumbers()) {
        terms.add("typeof(" + a + ") IS NOT typeof(" + b + ")");
      }
    }
    return terms.isEmpty() ? "0" : combined(terms, " OR ");
  }

  /**
   * The types of all columns' values in one text, which together with the values tells rows apart
   * to the last bit: SQLite takes 1 and 1.0 for equal. NULL nowhere.
   */
  public static String types(String alias, List<Column> columns) {
    List<String> terms =
        columns.stream()
            .filter(column -> !column.holdsNoNumbers())
            .map(column -> "substr(typeof(%s.%s), 1, 1)".formatted(alias, column.quoted()))
            .toList();
    return terms.isEmpty() ? "''" : combined(terms, " || ");
  }

  /** How many bytes the values of a row take, about. */
  public static String bytes(String alias, List<Column> columns) {
    List<String> terms =
        columns.stream()
            .map(column -> "ifnull(octet_length(%s.%s), 0)".formatted(alias, column.quoted()))
            .toList();
    return terms.isEmpty() ? "0" : combined(terms, " + ");
  }

  /** As a tree of parentheses: SQLite takes no expression that is thousands of terms deep. */
  static String combined(List<String> terms, String operator) {
    if (terms.size() == 1) {
      return terms.getFirst();
    }
    int middle = terms.size() / 2;
    return "(%s%s%s)"
        .formatted(
            combined(terms.subList(0, middle), operator),
            operator,
            combined(terms.subList(middle, terms.size()), operator));
  }

  public static String joined(
      List<Column> columns, String separator, Function<Column, String> sql) {
    return columns.stream().map(sql).collect(Collectors.joining(separator));
  }
}
