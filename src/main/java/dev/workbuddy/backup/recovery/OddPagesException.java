package dev.workbuddy.backup.recovery;

/** The pages of a file are not what SQLite's format says; the rows must be asked for instead. */
final class OddPagesException extends Exception {
  private static final long serialVersionUID = 1L;

  OddPagesException(String message) {
    super(message);
  }
}
