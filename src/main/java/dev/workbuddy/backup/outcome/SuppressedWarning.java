package dev.workbuddy.backup.outcome;

/**
 * Something else that went wrong while a failure was dealt with. It hangs on that failure as a
 * suppressed exception, and is reported together with it.
 */
public final class SuppressedWarning extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;

  public SuppressedWarning(String text) {
    super(VisibleText.line(text), null, false, false);
    this.text = VisibleText.line(text);
  }

  public String text() {
    return text;
  }
}
