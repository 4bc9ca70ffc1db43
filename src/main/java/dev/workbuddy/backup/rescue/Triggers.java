package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The live database's triggers. SQLite has no switch for them that a driver could reach, so they
 * are dropped and made again in the very transaction that must not wake them: nobody else ever sees
 * the database without them.
 */
final class Triggers {
  private final Connection connection;
  private final Map<String, List<Trigger>> byTable;
  private final List<Trigger> asleep = new ArrayList<>();

  private record Trigger(long place, String name, String sql) {}

  private Triggers(Connection connection, Map<String, List<Trigger>> byTable) {
    this.connection = connection;
    this.byTable = byTable;
  }

  /** Reads all of them. */
  static Triggers of(Connection connection) throws SQLException {
    Map<String, List<Trigger>> byTable = new TreeMap<>(Sql.BY_NAME);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rowid, name, sql, tbl_name FROM main.sqlite_schema WHERE type = 'trigger'"
                    + " ORDER BY rowid")) {
      while (rows.next()) {
        byTable
            .computeIfAbsent(rows.getString(4), _ -> new ArrayList<>())
            .add(new Trigger(rows.getLong(1), rows.getString(2), rows.getString(3)));
      }
    }
    return new Triggers(connection, byTable);
  }

  /** Whether one on the table speaks of the other. */
  boolean mention(String table, String other) {
    return byTable.getOrDefault(table, List.of()).stream()
        .anyMatch(trigger -> Sql.folded(trigger.sql()).contains(Sql.folded(other)));
  }

  /** Whether there is none on the table. */
  boolean isFree(String table) {
    return !byTable.containsKey(table);
  }

  /** Lets those on a table sleep, until {@link #wake}. */
  void sleep(String table) throws SQLException {
    List<Trigger> triggers = byTable.remove(table);
    if (triggers != null) {
      for (Trigger trigger : triggers) {
        Sql.execute(connection, "DROP TRIGGER main." + Sql.quote(trigger.name()));
      }
      asleep.addAll(triggers);
    }
  }

  /**
   * Makes those that sleep again, in their order, letter by letter what they were; the caller rolls
   * back where this fails.
   */
  void wake() throws SQLException {
    Collections.sort(asleep, Comparator.comparingLong(Trigger::place));
    for (Trigger trigger : asleep) {
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
    asleep.clear();
  }
}
