package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Connections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All rows of a table in memory, each value as its type and its bytes: nothing to get wrong. */
public final class NaiveTable {
  private NaiveTable() {}

  /** How often each row is there, by its key and values in words. */
  public static Map<String, Long> rows(Path file, RandomTable table) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    read(file, table).forEach(row -> counts.merge(row.toString(), 1L, Long::sum));
    return counts;
  }

  /** Whether all rows of both can be told apart by the table's key: it is NULL nowhere. */
  public static boolean isKeyed(Path before, Path after, RandomTable table) throws SQLException {
    return table.hasKey()
        && Stream.concat(read(before, table).stream(), read(after, table).stream())
            .allMatch(row -> table.key().stream().noneMatch(part -> "null:".equals(row.get(part))));
  }

  /**
   * What differs in words: {@code + key}, {@code - key} or {@code ~ key}; without key the row.
   *
   * @param keyed whether rows are told apart by their key
   */
  public static Map<String, Long> difference(
      Path before, Path after, RandomTable table, boolean keyed) throws SQLException {
    Map<String, Long> found = new TreeMap<>();
    if (!keyed) {
      rows(before, table).forEach((row, count) -> found.merge(row, -count, Long::sum));
      rows(after, table).forEach((row, count) -> found.merge(row, count, Long::sum));
      found.values().removeIf(count -> count == 0);
      return found;
    }
    Map<String, Map<String, String>> old = byKey(before, table);
    Map<String, Map<String, String>> now = byKey(after, table);
    old.forEach(
        (key, row) -> {
          Map<String, String> other = now.get(key);
          if (other == null) {
            found.put("- " + row, 1L);
          } else if (!other.equals(row)) {
            found.put("~ " + row + other, 1L);
          }
        });
    now.forEach(
        (key, row) -> {
          if (!old.containsKey(key)) {
            found.put("+ " + row, 1L);
          }
        });
    return found;
  }

  private static Map<String, Map<String, String>> byKey(Path file, RandomTable table)
      throws SQLException {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    for (Map<String, String> row : read(file, table)) {
      String key = String.join("|", table.key().stream().map(row::get).toList());
      rows.put(table.foldsKey() ? fold(key) : key, row);
    }
    return rows;
  }

  /** Keys that fold are ASCII, so folding them in hexadecimal means folding 41..5A to 61..7A. */
  private static String fold(String key) {
    String[] parts = key.split(":", -1);
    StringBuilder folded = new StringBuilder(parts[0]).append(':');
    for (int i = 0; i + 1 < parts[1].length(); i += 2) {
      int code = Integer.parseInt(parts[1].substring(i, i + 2), 16);
      folded.append(Character.toLowerCase((char) code));
    }
    return folded.toString().toLowerCase(Locale.ROOT);
  }

  public static List<Map<String, String>> read(Path file, RandomTable table) throws SQLException {
    List<Map<String, String>> found = new ArrayList<>();
    try (Connection connection = Connections.still(file);
        Statement statement = connection.createStatement()) {
      List<String> columns = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery("SELECT name FROM pragma_table_info('" + table.name() + "')")) {
        while (names.next()) {
          columns.add(names.getString(1));
        }
      }
      List<String> words = columns.stream().map(NaiveTable::word).toList();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT %s, %s FROM %s"
                  .formatted(String.join(", ", words), String.join(", ", columns), table.name()))) {
        while (rows.next()) {
          Map<String, String> row = new TreeMap<>();
          for (int i = 0; i < columns.size(); i++) {
            String word = rows.getString(i + 1);
            row.put(
                columns.get(i),
                word.equals("real:") ? word + rows.getDouble(columns.size() + i + 1) : word);
          }
          found.add(row);
        }
      }
    }
    return found;
  }

  private static String word(String column) {
    return "typeof(%1$s) || ':' || CASE typeof(%1$s) WHEN 'real' THEN '' ELSE hex(%1$s) END"
        .formatted(column);
  }
}
