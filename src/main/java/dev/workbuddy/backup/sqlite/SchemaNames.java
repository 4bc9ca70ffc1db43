package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names in a database's schema, as SQLite compares them: by their folded form.
 *
 * @param tables ordinary tables, SQLite's own and shadow tables included
 * @param virtual virtual tables
 * @param indexes indexes, those that SQLite makes for constraints included
 */
record SchemaNames(
    Map<String, String> tables, Map<String, String> virtual, Map<String, String> indexes) {

  static SchemaNames of(Connection connection) throws SQLException {
    return new SchemaNames(
        names(connection, "type = 'table' AND rootpage > 0"),
        names(connection, "type = 'table' AND rootpage = 0"),
        names(connection, "type = 'index'"));
  }

  private static Map<String, String> names(Connection connection, String which)
      throws SQLException {
    List<String> found =
        Sql.column(connection, "SELECT name FROM sqlite_schema WHERE " + which + " ORDER BY name");
    Map<String, String> names = new HashMap<>();
    found.forEach(name -> names.put(Sql.folded(name), name));
    return names;
  }

  /**
   * The name with which a text begins.
   *
   * @param after what follows the name; where that is empty the name is all of the text
   */
  Optional<String> leading(CheckFindings.Kind kind, String text, String after) {
    Map<String, String> among = among(kind);
    String folded = Sql.folded(text);
    if (after.isEmpty()) {
      return Optional.ofNullable(among.get(folded));
    }
    String found = null;
    for (int end = folded.indexOf(after); end >= 0; end = folded.indexOf(after, end + 1)) {
      String name = among.get(folded.substring(0, end));
      found = name == null ? found : name;
    }
    return Optional.ofNullable(found);
  }

  private Map<String, String> among(CheckFindings.Kind kind) {
    return switch (kind) {
      case INDEX -> indexes;
      case VIRTUAL -> virtual;
      case KEY_ORDER, VALUE, CHECK -> tables;
      case STRUCTURE, UNKNOWN -> Map.of();
    };
  }
}
