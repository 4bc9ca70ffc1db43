package dev.workbuddy.backup.query;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.SqlSyntaxException;
import dev.workbuddy.backup.sqlite.SqlToken;
import dev.workbuddy.backup.sqlite.SqlTokenizer;
import java.util.List;
import java.util.Set;

/**
 * Refuses SQL that is not a question, in words. What could slip through finds a connection that can
 * neither write nor attach.
 */
final class ReadOnlySql {
  private static final Set<String> QUESTIONS = Set.of("SELECT", "WITH", "VALUES");

  /** What SQLite, or its driver, would do something else on; any other word is a mistake. */
  private static final Set<String> COMMANDS =
      Set.of(
          "ALTER",
          "ANALYZE",
          "ATTACH",
          "BACKUP",
          "BEGIN",
          "COMMIT",
          "CREATE",
          "DELETE",
          "DETACH",
          "DROP",
          "END",
          "INSERT",
          "PRAGMA",
          "REINDEX",
          "RELEASE",
          "REPLACE",
          "RESTORE",
          "ROLLBACK",
          "SAVEPOINT",
          "UPDATE",
          "VACUUM");

  private static final Set<String> PRAGMAS =
      Set.of(
          "APPLICATION_ID",
          "COLLATION_LIST",
          "ENCODING",
          "FOREIGN_KEY_CHECK",
          "FOREIGN_KEY_LIST",
          "INDEX_INFO",
          "INDEX_LIST",
          "INDEX_XINFO",
          "INTEGRITY_CHECK",
          "PAGE_COUNT",
          "PAGE_SIZE",
          "QUICK_CHECK",
          "TABLE_INFO",
          "TABLE_LIST",
          "TABLE_XINFO",
          "USER_VERSION");

  private ReadOnlySql() {}

  /**
   * Refuses all but one statement that reads.
   *
   * @throws BackupException {@code sql-invalid} or {@code sql-not-permitted}
   */
  static void require(String sql) {
    List<SqlToken> words = words(sql);
    int end = 0;
    while (end < words.size() && !words.get(end).isSign(";")) {
      end++;
    }
    if (words.stream().skip(end).anyMatch(word -> !word.isSign(";"))) {
      throw refused("more than one statement");
    }
    if (end == 0) {
      throw invalid("there is no statement");
    }
    requireQuestion(words.subList(0, end));
  }

  private static void requireQuestion(List<SqlToken> words) {
    String first = words.getFirst().upper();
    switch (first) {
      case "PRAGMA" -> requirePragma(words);
      case "EXPLAIN" -> requireExplained(words);
      default -> {
        if (!QUESTIONS.contains(first)) {
          throw COMMANDS.contains(first) ? refused(first) : unknown(words.getFirst().text());
        }
      }
    }
  }

  /** Some pragmas do their work even where they are only to be explained. */
  private static void requireExplained(List<SqlToken> words) {
    boolean plan = words.size() > 3 && words.get(1).upper().equals("QUERY");
    String explained = words.size() < 2 ? "" : words.get(plan ? 3 : 1).upper();
    if (!QUESTIONS.contains(explained)) {
      throw explained.isEmpty()
          ? invalid("nothing to explain")
          : COMMANDS.contains(explained) ? refused("EXPLAIN " + explained) : unknown(explained);
    }
  }

  private static BackupException unknown(String word) {
    return invalid("no statement begins with " + word);
  }

  private static List<SqlToken> words(String sql) {
    try {
      return SqlTokenizer.tokens(sql).stream().filter(SqlToken::counts).toList();
    } catch (SqlSyntaxException e) {
      throw invalid(e.problem());
    }
  }

  private static void requirePragma(List<SqlToken> words) {
    boolean qualified = words.size() > 3 && words.get(2).isSign(".");
    String name = words.size() < 2 ? "" : words.get(qualified ? 3 : 1).upper();
    if (!PRAGMAS.contains(name) || words.stream().anyMatch(word -> word.isSign("="))) {
      throw refused("PRAGMA " + name);
    }
  }

  static BackupException refused(String what) {
    return new BackupException(
        ErrorCode.SQL_NOT_PERMITTED,
        "a snapshot is only read, and this is not permitted: " + what,
        "Ask with one SELECT. To change data, restore the snapshot: `wb-backup restore latest --to"
            + " DIR` unpacks it elsewhere.");
  }

  static BackupException invalid(String problem) {
    return new BackupException(
        ErrorCode.SQL_INVALID,
        "SQLite does not take this SQL: " + problem,
        "`wb-backup query latest DB \"SELECT name, sql FROM sqlite_schema\"` shows what there is.");
  }
}
