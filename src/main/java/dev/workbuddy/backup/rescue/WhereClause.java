package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqlSyntaxException;
import dev.workbuddy.backup.sqlite.SqlToken;
import dev.workbuddy.backup.sqlite.SqlTokenizer;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import java.sql.Connection;
import java.sql.SQLException;

/** A user's condition, made sure to be one expression before it becomes part of a statement. */
final class WhereClause {
  private WhereClause() {}

  /**
   * Refuses what is no condition on rows of this table.
   *
   * @throws BackupException {@code sql-invalid} saying why
   */
  static void require(Connection connection, TableMapping mapping, String where) {
    try {
      requireWhole(where);
      Sql.execute(
          connection,
          "EXPLAIN SELECT 1 FROM %s AS %s WHERE (%s%n)"
              .formatted(mapping.oldName(), mapping.alias(), where));
    } catch (SqlSyntaxException e) {
      throw invalid(where, e.problem());
    } catch (SQLException e) {
      throw invalid(where, SqliteMessages.of(e));
    }
  }

  private static void requireWhole(String where) throws SqlSyntaxException {
    int open = 0;
    for (SqlToken token : SqlTokenizer.tokens(where)) {
      open += token.isSign("(") ? 1 : token.isSign(")") ? -1 : 0;
      if (open < 0 || token.isSign(";")) {
        throw new SqlSyntaxException(token.line(), "has a " + token.text() + " too many");
      }
    }
    if (open > 0) {
      throw new SqlSyntaxException("a parenthesis is never closed");
    }
  }

  static BackupException invalid(String where, String problem) {
    return new BackupException(
        ErrorCode.SQL_INVALID,
        "--where %s is not a valid condition: %s".formatted(where, problem),
        "Write what could follow WHERE in a SELECT from that table, such as \"id > 7\".");
  }
}
