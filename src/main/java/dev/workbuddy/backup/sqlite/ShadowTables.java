package dev.workbuddy.backup.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables in which virtual tables, such as those for full-text search, keep what they need. A
 * module that is here names its own. Of those that are not here some are known; any other can only
 * be taken at SQLite's rule for such names: {@code <virtual table>_<suffix>}.
 */
public final class ShadowTables {
  private ShadowTables() {}

  /** Their names in a file that nobody writes. */
  public static Set<String> of(Path file) throws UnusableDatabaseException {
    try (Connection connection = Connections.still(file)) {
      return of(connection, "main");
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e);
    }
  }

  /** Their names in the main or an attached database. */
  public static Set<String> of(Connection connection, String schema) throws SQLException {
    String tables = "SELECT name FROM pragma_table_list WHERE schema = " + Sql.literal(schema);
    Set<String> shadows = new HashSet<>(Sql.column(connection, tables + " AND type = 'shadow'"));
    List<VirtualTable> unknown = ofUnknownModules(connection, schema);
    if (!unknown.isEmpty()) {
      Sql.column(connection, tables + " AND type = 'table'").stream()
          .filter(table -> unknown.stream().anyMatch(virtual -> virtual.mayKeep(table)))
          .forEach(shadows::add);
    }
    return Set.copyOf(shadows);
  }

  private static List<VirtualTable> ofUnknownModules(Connection connection, String schema)
      throws SQLException {
    List<VirtualTable> virtual = VirtualTable.of(connection, schema);
    if (virtual.isEmpty()) {
      return virtual;
    }
    Set<String> modules =
        Set.copyOf(Sql.column(connection, "SELECT lower(name) FROM pragma_module_list"));
    return virtual.stream().filter(table -> !modules.contains(table.module())).toList();
  }
}
