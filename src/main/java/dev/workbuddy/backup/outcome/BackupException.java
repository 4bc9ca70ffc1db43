package dev.workbuddy.backup.outcome;

import org.jspecify.annotations.Nullable;

/**
 * An operation that could not be done. The message names the operation, the object and the cause;
 * the hint names the next action. Both are meant for the user, so neither holds a stack trace or a
 * secret. Both may quote names from anywhere: what cannot be seen in these is shown as its number.
 */
public final class BackupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String hint;

  public BackupException(ErrorCode code, String message, String hint) {
    this(code, message, hint, null);
  }

  public BackupException(ErrorCode code, String message, String hint, @Nullable Throwable cause) {
    super(VisibleText.lines(message), cause);
    this.code = code;
    this.hint = VisibleText.lines(hint);
  }

  public ErrorCode code() {
    return code;
  }

  /** What the user can do next; never empty. */
  public String hint() {
    return hint;
  }

  /** The message; never null, unlike the inherited method's declared type. */
  public String text() {
    String message = getMessage();
    return message == null ? code.word() : message;
  }
}
