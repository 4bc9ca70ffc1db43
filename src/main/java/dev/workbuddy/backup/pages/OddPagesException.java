package dev.workbuddy.backup.pages;

/** The pages of a file are not what SQLite's format says; the rows must be asked for instead. */
public final class OddPagesException extends Exception {
  private static final long serialVersionUID = 1L;

  OddPagesException(String message) {
    super(message);
  }
}
