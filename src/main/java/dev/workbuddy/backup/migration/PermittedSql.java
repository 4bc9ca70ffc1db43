package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.sqlite.SqlSyntaxException;
import dev.workbuddy.backup.sqlite.SqlToken;
import java.util.List;
import java.util.Set;

/**
 * Which statements a step may hold: those that stay inside its transaction, and whose effect is
 * undone with it.
 */
final class PermittedSql {
  private static final Set<String> STATEMENTS =
      Set.of(
          "ALTER", "ANALYZE", "CREATE", "DELETE", "DROP", "INSERT", "PRAGMA", "REINDEX", "REPLACE",
          "SELECT", "UPDATE", "VALUES", "WITH");
  private static final Set<String> TRANSACTION =
      Set.of("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE");
  private static final Set<String> PRAGMAS =
      Set.of(
          "APPLICATION_ID",
          "CASE_SENSITIVE_LIKE",
          "DEFER_FOREIGN_KEYS",
          "FOREIGN_KEY_CHECK",
          "IGNORE_CHECK_CONSTRAINTS",
          "INTEGRITY_CHECK",
          "LEGACY_ALTER_TABLE",
          "OPTIMIZE",
          "QUICK_CHECK",
          "RECURSIVE_TRIGGERS",
          "WRITABLE_SCHEMA");

  private PermittedSql() {}

  static void require(SqlStatement statement) throws SqlSyntaxException {
    List<SqlToken> words = statement.words();
    String first = words.getFirst().upper();
    if (first.equals("PRAGMA")) {
      requirePragma(statement, words);
    } else if (TRANSACTION.contains(first)) {
      throw refusal(statement, first, "each step has a transaction of its own already");
    } else if (!STATEMENTS.contains(first)) {
      throw refusal(statement, first, "it cannot be part of a step's transaction");
    }
  }

  private static void requirePragma(SqlStatement statement, List<SqlToken> words)
      throws SqlSyntaxException {
    boolean qualified = words.size() > 3 && words.get(2).isSign(".");
    String name = words.size() < 2 ? "" : words.get(qualified ? 3 : 1).upper();
    if (PRAGMAS.contains(name)) {
      return;
    }
    String reason =
        switch (name) {
          case "USER_VERSION" -> "the step's number is the version, and is set after it";
          case "FOREIGN_KEYS" -> "they are off during a step and checked at its end";
          default -> "it has no effect inside a transaction, or one that cannot be undone";
        };
    throw refusal(statement, "PRAGMA " + name, reason);
  }

  private static SqlSyntaxException refusal(SqlStatement statement, String what, String reason) {
    return new SqlSyntaxException(statement.line(), "must not hold " + what + ": " + reason);
  }
}
