package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The live database's triggers on some tables. SQLite has no switch for them that a driver could
 * reach, so they are dropped and made again in the very transaction that must not wake them: nobody
 * else ever sees the database without them.
 */
final class Triggers {
  private final Connection connection;
  private final List<Trigger> triggers;

  private record Trigger(String name, String sql) {}

  private Triggers(Connection connection, List<Trigger> triggers) {
    this.connection = connection;
    this.triggers = triggers;
  }

  /** Finds those on the tables, in the order in which they were made. */
  static Triggers on(Connection connection, Collection<String> tables) throws SQLException {
    List<Trigger> triggers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name, sql, tbl_name FROM main.sqlite_schema WHERE type = 'trigger' ORDER BY"
                    + " rowid")) {
      while (rows.next()) {
        String table = rows.getString(3);
        if (tables.stream().anyMatch(table::equalsIgnoreCase)) {
          triggers.add(new Trigger(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return new Triggers(connection, triggers);
  }

  /** Whether one of them writes to the table. */
  boolean mention(String table) {
    return triggers.stream().anyMatch(trigger -> trigger.sql().contains(table));
  }

  void drop() throws SQLException {
    for (Trigger trigger : triggers) {
      Sql.execute(connection, "DROP TRIGGER main." + Sql.quote(trigger.name()));
    }
  }

  /** Makes them again, letter by letter what they were; the caller rolls back where this fails. */
  void restore() throws SQLException {
    for (Trigger trigger : triggers) {
      Sql.execute(connection, trigger.sql());
      String now =
          Sql.text(
              connection,
              "SELECT sql FROM main.sqlite_schema WHERE type = 'trigger' AND name = "
                  + Sql.literal(trigger.name()));
      if (!now.equals(trigger.sql())) {
        throw new SQLException("the trigger " + trigger.name() + " could not be made again");
      }
    }
  }
}
