package dev.workbuddy.backup.sqlite;

import dev.workbuddy.backup.sqlite.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts SQL text into tokens by SQLite's rules. Nothing is lost: all tokens together are the text.
 */
public final class SqlTokenizer {
  private static final String SPACES = " \t\n\f\r\uFEFF";
  private static final List<String> OPERATORS =
      List.of("->>", "->", "||", "<=", ">=", "<>", "<<", ">>", "==", "!=");

  private final String sql;
  private final List<SqlToken> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  private SqlTokenizer(String sql) {
    this.sql = sql;
  }

  /**
   * All tokens in order.
   *
   * @throws SqlSyntaxException where a quote is never closed, or for a NUL character
   */
  public static List<SqlToken> tokens(String sql) throws SqlSyntaxException {
    SqlTokenizer tokenizer = new SqlTokenizer(sql);
    while (tokenizer.at < sql.length()) {
      tokenizer.next();
    }
    return List.copyOf(tokenizer.tokens);
  }

  private void next() throws SqlSyntaxException {
    char c = sql.charAt(at);
    if (c == '\0') {
      throw new SqlSyntaxException(line, "holds a NUL character");
    } else if (SPACES.indexOf(c) >= 0) {
      add(Kind.SPACE, spaces());
    } else if (sql.startsWith("--", at)) {
      add(Kind.COMMENT, lineComment());
    } else if (sql.startsWith("/*", at)) {
      add(Kind.COMMENT, blockComment());
    } else if ("'\"`[".indexOf(c) >= 0) {
      add(Kind.QUOTED, quoted(at));
    } else if ((c == 'x' || c == 'X') && at(at + 1) == '\'') {
      add(Kind.QUOTED, quoted(at + 1));
    } else if (isDigit(c) || (c == '.' && isDigit(at(at + 1)))) {
      add(Kind.NUMBER, number());
    } else if (isName(c) || ("?:@#".indexOf(c) >= 0 && isName(at(at + 1)))) {
      add(Kind.WORD, name(at + 1));
    } else {
      add(Kind.SIGN, at + operator());
    }
  }

  private void add(Kind kind, int end) {
    String text = sql.substring(at, end);
    tokens.add(new SqlToken(kind, text, line));
    line += (int) text.chars().filter(c -> c == '\n').count();
    at = end;
  }

  private int spaces() {
    int end = at;
    while (end < sql.length() && SPACES.indexOf(sql.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private int lineComment() {
    int newline = sql.indexOf('\n', at);
    return newline < 0 ? sql.length() : newline;
  }

  /** One that is never closed reaches to the end, in SQLite as here. */
  private int blockComment() {
    int end = sql.indexOf("*/", at + 2);
    return end < 0 ? sql.length() : end + 2;
  }

  /** A doubled quote stands for itself, but not in brackets. */
  private int quoted(int open) throws SqlSyntaxException {
    char close = sql.charAt(open) == '[' ? ']' : sql.charAt(open);
    int end = sql.indexOf(close, open + 1);
    while (close != ']' && end >= 0 && at(end + 1) == close) {
      end = sql.indexOf(close, end + 2);
    }
    if (end < 0) {
      throw new SqlSyntaxException(
          line, "has a quote " + sql.charAt(open) + " that nothing closes");
    }
    return end + 1;
  }

  private int number() {
    int end = at;
    while (isName(at(end)) || at(end) == '.' || isExponentSign(end)) {
      end++;
    }
    return end;
  }

  private boolean isExponentSign(int index) {
    char before = Character.toLowerCase(at(index - 1));
    boolean hexadecimal = Character.toLowerCase(at(at + 1)) == 'x';
    return (at(index) == '+' || at(index) == '-')
        && before == 'e'
        && !hexadecimal
        && isDigit(at(index + 1));
  }

  private int name(int from) {
    int end = from;
    while (isName(at(end))) {
      end++;
    }
    return end;
  }

  private int operator() {
    return OPERATORS.stream()
        .filter(operator -> sql.startsWith(operator, at))
        .findFirst()
        .map(String::length)
        .orElse(1);
  }

  /** The character there, or NUL beyond the text. */
  private char at(int index) {
    return index >= 0 && index < sql.length() ? sql.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return '0' <= c && c <= '9';
  }

  private static boolean isName(char c) {
    return isDigit(c)
        || ('a' <= c && c <= 'z')
        || ('A' <= c && c <= 'Z')
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }
}
