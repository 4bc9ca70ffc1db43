package dev.workbuddy.backup.sqlite;

import java.util.ArrayList;
import java.util.List;

/** Cuts the statement that created a virtual table into words, quoted names and parentheses. */
final class SqlPieces {
  private final String sql;
  private int at;

  private SqlPieces(String sql) {
    this.sql = sql;
  }

  /** The words and quoted names; what stands in parentheses is one piece, with them. */
  static List<String> of(String sql) {
    SqlPieces pieces = new SqlPieces(sql);
    List<String> found = new ArrayList<>();
    while (pieces.at < sql.length()) {
      int begin = pieces.at;
      if (Character.isWhitespace(sql.charAt(begin))) {
        pieces.at++;
      } else {
        pieces.skip();
        String piece = sql.substring(begin, pieces.at);
        if (!isComment(piece)) {
          found.add(piece);
        }
      }
    }
    return found;
  }

  /** What stands in parentheses, cut at its commas. */
  static List<String> arguments(String inParentheses) {
    String inner = inParentheses.strip();
    if (!inner.startsWith("(")) {
      return List.of();
    }
    SqlPieces pieces =
        new SqlPieces(
            inner.substring(1, inner.endsWith(")") ? inner.length() - 1 : inner.length()));
    List<String> found = new ArrayList<>();
    int begin = 0;
    while (pieces.at < pieces.sql.length()) {
      if (pieces.sql.charAt(pieces.at) == ',') {
        found.add(pieces.sql.substring(begin, pieces.at).strip());
        begin = ++pieces.at;
      } else {
        pieces.skip();
      }
    }
    found.add(pieces.sql.substring(begin).strip());
    return found;
  }

  /** A name or a string without its quotes; anything else as it is. */
  static String unquoted(String piece) {
    if (piece.length() < 2 || "'\"`[".indexOf(piece.charAt(0)) < 0) {
      return piece;
    }
    String quote = piece.substring(0, 1);
    String inner = piece.substring(1, piece.length() - 1);
    return quote.equals("[") ? inner : inner.replace(quote + quote, quote);
  }

  private static boolean isComment(String piece) {
    return piece.startsWith("--") || piece.startsWith("/*");
  }

  private void skip() {
    char c = sql.charAt(at);
    if ("'\"`[".indexOf(c) >= 0) {
      skipQuoted(c == '[' ? ']' : c);
    } else if (c == '(') {
      skipParentheses();
    } else if (sql.startsWith("--", at)) {
      skipTo("\n");
    } else if (sql.startsWith("/*", at)) {
      skipTo("*/");
    } else if (isWord(c)) {
      while (at < sql.length() && isWord(sql.charAt(at))) {
        at++;
      }
    } else {
      at++;
    }
  }

  private static boolean isWord(char c) {
    return !Character.isWhitespace(c) && "'\"`[](),-/=".indexOf(c) < 0;
  }

  private void skipTo(String end) {
    int found = sql.indexOf(end, at);
    at = found < 0 ? sql.length() : found + end.length();
  }

  private void skipQuoted(char close) {
    at++;
    while (at < sql.length()) {
      boolean here = sql.charAt(at) == close;
      boolean doubled = here && close != ']' && sql.startsWith("" + close, at + 1);
      at += doubled ? 2 : 1;
      if (here && !doubled) {
        return;
      }
    }
  }

  private void skipParentheses() {
    at++;
    while (at < sql.length() && sql.charAt(at) != ')') {
      skip();
    }
    at = Math.min(at + 1, sql.length());
  }
}
