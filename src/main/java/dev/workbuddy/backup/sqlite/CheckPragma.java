package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.sqlite.CheckFindings.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks SQLite to check a database or one table. Where it lacks collations or functions it gets
 * stand-ins and is asked again.
 */
final class CheckPragma {
  /** How many complaints SQLite makes of one table. */
  static final int FEW = 100;

  private final Connection connection;
  private final SchemaNames names;
  private final StandIns standIns;
  private Optional<Doubts> doubts = Optional.empty();

  CheckPragma(Connection connection, SchemaNames names) {
    this.connection = connection;
    this.names = names;
    this.standIns = new StandIns(connection);
  }

  /**
   * What SQLite answered.
   *
   * @param rows how many complaints there were, before those that are alike became one
   */
  record Answer(List<CheckFindings> complaints, long rows) {
    boolean has(Kind kind) {
      return complaints.stream().anyMatch(findings -> findings.kind() == kind);
    }

    /** Whether it may have more to say. */
    boolean isCutShort() {
      return rows >= FEW && !has(Kind.STRUCTURE);
    }
  }

  /** What only the application could judge, as far as SQLite lacked something so far. */
  Doubts doubts() {
    return doubts.orElse(Doubts.NONE);
  }

  /**
   * Checks everything. Complaints about b-trees come first, and all in one row: so a short answer
   * is asked for, and a long one only where there are none.
   */
  Answer everything(Inspector.Depth depth) throws SQLException {
    Answer few = ask(depth, Integer.toString(FEW));
    return few.isCutShort() ? ask(depth, Integer.toString(Integer.MAX_VALUE)) : few;
  }

  /** Checks one table. */
  Answer table(Inspector.Depth depth, String table) throws SQLException {
    return ask(depth, Sql.quote(table));
  }

  private Answer ask(Inspector.Depth depth, String scope) throws SQLException {
    while (true) {
      try {
        return answer("PRAGMA " + depth.pragma() + "(" + scope + ")");
      } catch (SQLException e) {
        if (doubts.isEmpty() && StandIns.areWanted(e)) {
          doubts = Optional.of(Doubts.of(connection, names));
        }
        if (!standIns.supply(e)) {
          throw e;
        }
      }
    }
  }

  private Answer answer(String pragma) throws SQLException {
    Map<String, CheckFindings> complaints = new LinkedHashMap<>();
    long count = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(pragma)) {
      while (rows.next()) {
        String row = rows.getString(1);
        if (!row.equals("ok")) {
          count++;
          CheckFindings findings = CheckFindings.of(row, names);
          complaints.merge(findings.key(), findings, CheckFindings::and);
        }
      }
    }
    return new Answer(List.copyOf(complaints.values()), count);
  }
}
