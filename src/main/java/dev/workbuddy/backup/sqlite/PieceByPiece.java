package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.sqlite.CheckFindings.Kind;
import dev.workbuddy.backup.sqlite.CheckPragma.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sqlite.SQLiteErrorCode;

/**
 * Checks a database table by table, where SQLite cannot check all at once: what is found by the
 * full check alone concerns the indexes of a table, since the quick one reads every row.
 */
final class PieceByPiece {
  private final Connection connection;
  private final CheckPragma check;
  private final Findings findings;
  private final Consumer<CheckFindings> known;

  /**
   * @param known takes the complaints whose kind is known
   */
  PieceByPiece(
      Connection connection, CheckPragma check, Findings findings, Consumer<CheckFindings> known) {
    this.connection = connection;
    this.check = check;
    this.findings = findings;
    this.known = known;
  }

  void run(SchemaNames names, VirtualTables virtual, Inspector.Depth depth) throws SQLException {
    check.table(Inspector.Depth.QUICK, "sqlite_schema").complaints().forEach(known);
    pagesOfTwoTrees();
    for (String table : names.tables().values().stream().sorted().toList()) {
      table(table, depth);
    }
    for (String table : virtual.usable()) {
      virtual(table, virtual);
    }
  }

  /** The checks of single tables cannot see that two of them share a page. */
  private void pagesOfTwoTrees() throws SQLException {
    try {
      long shared =
          Sql.number(
              connection,
              "SELECT count(*) FROM (SELECT 1 FROM dbstat GROUP BY pageno HAVING count(*) > 1)");
      if (shared > 0) {
        findings.damage(List.of("pages that belong to two b-trees: " + shared));
      }
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      findings.damage(List.of(SqliteMessages.withCode(e)));
    }
  }

  private void table(String table, Inspector.Depth depth) throws SQLException {
    Optional<String> unknown = unknown(table, depth);
    if (unknown.isEmpty()) {
      return;
    }
    if (depth == Inspector.Depth.FULL) {
      findings.objection("indexes of table " + table, unknown.get(), 1);
      table(table, Inspector.Depth.QUICK);
    } else {
      findings.damage(List.of("table " + table + ": " + unknown.get()));
    }
  }

  /** What SQLite says that is not known to be harmless; what is known has gone its way. */
  private Optional<String> unknown(String table, Inspector.Depth depth) throws SQLException {
    try {
      Answer answer = check.table(depth, table);
      if (answer.has(Kind.UNKNOWN) && !answer.has(Kind.STRUCTURE)) {
        return answer.complaints().stream()
            .filter(complaint -> complaint.kind() == Kind.UNKNOWN)
            .map(CheckFindings::words)
            .findFirst();
      }
      answer.complaints().forEach(known);
      if (answer.isCutShort()) {
        everyRow(table);
      }
      return Optional.empty();
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      if (Connections.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
        return Optional.of(SqliteMessages.withCode(e));
      }
      findings.unchecked("table " + table, SqliteMessages.of(e));
      everyRow(table);
      return Optional.empty();
    }
  }

  /** What SQLite did not come to say of a table must be no damage: all its rows can be read. */
  private void everyRow(String table) throws SQLException {
    try {
      Tables.read(connection, table);
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      findings.damage(List.of("table " + table + ": " + SqliteMessages.withCode(e)));
    }
  }

  private void virtual(String table, VirtualTables virtual) throws SQLException {
    try {
      check
          .table(Inspector.Depth.QUICK, table)
          .complaints()
          .forEach(
              complaint ->
                  findings.objection(
                      VirtualTables.label(table), complaint.words(), complaint.times()));
    } catch (SQLException e) {
      virtual.note(table, e, findings);
    }
  }
}
