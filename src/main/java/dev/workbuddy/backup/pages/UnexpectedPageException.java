package dev.workbuddy.backup.pages;

/** The pages of a file are not what SQLite's format says; the rows must be asked for instead. */
public final class UnexpectedPageException extends Exception {
  private static final long serialVersionUID = 1L;

  UnexpectedPageException(String message) {
    super(message);
  }
}
