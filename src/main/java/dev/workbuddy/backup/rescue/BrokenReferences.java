package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.TempNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;

/** Remembers which references of some tables are broken, to tell later whether more are. */
final class BrokenReferences {
  private final Connection connection;
  private final String before;
  private final Set<String> tables;

  private BrokenReferences(Connection connection, String before, Set<String> tables) {
    this.connection = connection;
    this.before = before;
    this.tables = tables;
  }

  /** Looks through whole tables, so those should be few. */
  static BrokenReferences of(Connection connection, TempNames names, Set<String> tables)
      throws SQLException {
    String before = "temp." + names.of("broken");
    BrokenReferences broken = new BrokenReferences(connection, before, tables);
    if (tables.isEmpty()) {
      return broken;
    }
    Sql.execute(connection, "DROP TABLE IF EXISTS " + before);
    Sql.execute(connection, "CREATE TABLE " + before + " (child, row, parent, number)");
    for (String table : tables) {
      broken.remember(table);
    }
    return broken;
  }

  private void remember(String table) throws SQLException {
    if (!isTrue("SELECT EXISTS (" + select(table) + ")")) {
      return;
    }
    Sql.execute(connection, "INSERT INTO " + before + " " + select(table));
  }

  /** Whether one is broken that was not. */
  boolean more() throws SQLException {
    for (String table : tables) {
      String child = Sql.literal(table);
      if (isTrue("SELECT EXISTS (%s EXCEPT SELECT * FROM %s)".formatted(select(table), before))
          || isTrue(
              "SELECT (SELECT count(*) FROM (%s)) > (SELECT count(*) FROM %s WHERE child = %s)"
                  .formatted(select(table), before, child))) {
        return true;
      }
    }
    return false;
  }

  private static String select(String table) {
    return "SELECT %1$s, rowid, parent, fkid FROM pragma_foreign_key_check(%1$s, 'main')"
        .formatted(Sql.literal(table));
  }

  /** False where a foreign key to columns that are no key makes SQLite refuse to look. */
  private boolean isTrue(String sql) throws SQLException {
    try {
      return Sql.number(connection, sql) == 1;
    } catch (SQLException e) {
      if (Connections.primaryCode(e) == SQLiteErrorCode.SQLITE_ERROR.code) {
        return false;
      }
      throw e;
    }
  }
}
