package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.sqlite.SqlSyntaxException;
import dev.workbuddy.backup.sqlite.SqlToken;
import dev.workbuddy.backup.sqlite.SqlTokenizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script into statements where SQLite would: at semicolons, but in a trigger only at the
 * one that follows {@code ; END}.
 */
final class StatementSplitter {
  private final List<SqlStatement> statements = new ArrayList<>();
  private final List<SqlToken> current = new ArrayList<>();
  private final List<SqlToken> counting = new ArrayList<>();

  private StatementSplitter() {}

  /** The script's statements; empty ones are left out. */
  static List<SqlStatement> split(String script) throws SqlSyntaxException {
    StatementSplitter splitter = new StatementSplitter();
    for (SqlToken token : SqlTokenizer.tokens(script)) {
      splitter.take(token);
    }
    splitter.finish();
    return List.copyOf(splitter.statements);
  }

  private void take(SqlToken token) {
    if (token.isSign(";") && !isInsideTrigger()) {
      finish();
    } else if (token.counts() || !current.isEmpty()) {
      current.add(token);
      if (token.counts()) {
        counting.add(token);
      }
    }
  }

  private void finish() {
    while (!current.isEmpty() && !current.getLast().counts()) {
      current.removeLast();
    }
    if (!current.isEmpty()) {
      statements.add(new SqlStatement(current));
    }
    current.clear();
    counting.clear();
  }

  /** Inside, a semicolon ends one of the trigger's own statements. */
  private boolean isInsideTrigger() {
    int count = counting.size();
    boolean complete =
        count >= 2 && counting.get(count - 1).isWord("END") && counting.get(count - 2).isSign(";");
    return isTrigger() && !complete;
  }

  private boolean isTrigger() {
    if (counting.isEmpty() || !counting.getFirst().isWord("CREATE")) {
      return false;
    }
    return counting.stream()
        .skip(1)
        .dropWhile(token -> token.isWord("TEMP") || token.isWord("TEMPORARY"))
        .findFirst()
        .filter(token -> token.isWord("TRIGGER"))
        .isPresent();
  }
}
