package dev.workbuddy.backup.sqlite;

import java.util.Locale;

/**
 * A piece of SQL text as SQLite's own tokenizer would cut it.
 *
 * @param line the line that it begins in, counted from 1
 */
public record SqlToken(Kind kind, String text, int line) {

  /** What sort of piece. */
  public enum Kind {
    /** White space. */
    SPACE,
    COMMENT,
    /** A keyword, a bare name, or a parameter such as {@code ?1}. */
    WORD,
    NUMBER,
    /** Anything between quotes: a string, a blob, a name. */
    QUOTED,
    /** An operator or another sign. */
    SIGN
  }

  /** Whether it means anything. */
  public boolean counts() {
    return kind != Kind.SPACE && kind != Kind.COMMENT;
  }

  public boolean isWord(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  /** Whether it is this operator or sign. */
  public boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** A keyword in capital letters; for anything else its text. */
  public String upper() {
    return text.toUpperCase(Locale.ROOT);
  }
}
