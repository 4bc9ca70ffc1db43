package dev.workbuddy.backup.migration;

import dev.workbuddy.backup.sqlite.SqlToken;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One statement of a script.
 *
 * @param tokens with comments and white space, from the first that counts to the last, without the
 *     closing semicolon
 */
record SqlStatement(List<SqlToken> tokens) {
  SqlStatement {
    tokens = List.copyOf(tokens);
  }

  /** The line in which it begins. */
  int line() {
    return tokens.getFirst().line();
  }

  /** The text as it was written. */
  String text() {
    return tokens.stream().map(SqlToken::text).collect(Collectors.joining());
  }

  /** What counts of it, in one spelling. */
  String normal() {
    return tokens.stream()
        .filter(SqlToken::counts)
        .map(SqlToken::text)
        .collect(Collectors.joining(" "));
  }

  /** The tokens that count. */
  List<SqlToken> words() {
    return tokens.stream().filter(SqlToken::counts).toList();
  }
}
