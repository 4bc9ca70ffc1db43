package dev.workbuddy.backup.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** The tables in which virtual tables, such as those for full-text search, keep what they need. */
public final class ShadowTables {
  private ShadowTables() {}

  /** Their names in a file that nobody writes. */
  public static Set<String> of(Path file) throws UnusableDatabaseException {
    try (Connection connection = Connections.still(file)) {
      return Set.copyOf(
          Sql.column(
              connection,
              "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'"));
    } catch (SQLException e) {
      throw UnusableDatabaseException.of(e);
    }
  }
}
