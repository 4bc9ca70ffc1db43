package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.SqlSyntaxException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL of one step: at least one statement, and none that could leave the transaction. */
record SqlScript(List<SqlStatement> statements) implements Step.Action {
  SqlScript {
    statements = List.copyOf(statements);
  }

  static SqlScript parse(String sql) throws SqlSyntaxException {
    List<SqlStatement> statements = StatementSplitter.split(sql);
    if (statements.isEmpty()) {
      throw new SqlSyntaxException("holds no statement");
    }
    for (SqlStatement statement : statements) {
      PermittedSql.require(statement);
    }
    return new SqlScript(statements);
  }

  /** Returns a hash that is equal for scripts that differ only in comments and white space. */
  CodeHash hash() {
    String normal =
        statements.stream().map(SqlStatement::normal).collect(Collectors.joining(";\n"));
    return new CodeHash(CodeHash.SQL, Checksums.sha256(normal.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void run(Connection connection) throws SQLException {
    for (SqlStatement each : statements) {
      try (Statement statement = connection.createStatement()) {
        if (statement.execute(each.text())) {
          drain(statement);
        }
      } catch (SQLException e) {
        throw new SQLException(
            "line " + each.line() + ": " + Refusals.firstLine(e),
            e.getSQLState(),
            Connections.primaryCode(e),
            e);
      }
    }
  }

  /** SQLite does the work of a statement row by row, while they are read. */
  private static void drain(Statement statement) throws SQLException {
    try (ResultSet rows = statement.getResultSet()) {
      boolean more = rows.next();
      while (more) {
        more = rows.next();
      }
    }
  }
}
