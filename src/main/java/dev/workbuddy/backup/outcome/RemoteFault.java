package dev.workbuddy.backup.outcome;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an operation on a remote failed. The words are a promise to scripts. */
public enum RemoteFault {
  /** What the configuration says of the remote cannot be used. */
  UNCONFIGURED(ErrorCode.REMOTE_UNCONFIGURED),
  /** The program that reaches it is not installed. */
  MISSING_TOOL(ErrorCode.REMOTE_MISSING_TOOL),
  /** Nobody is logged in, or the login is no longer valid. */
  UNAUTHENTICATED(ErrorCode.REMOTE_UNAUTHENTICATED),
  /** It knows this user, and does not let them do that. */
  FORBIDDEN(ErrorCode.REMOTE_FORBIDDEN),
  /** It could be used, but a guard of ours forbids it: it is public, its disk is not mounted. */
  REFUSED(ErrorCode.REMOTE_REFUSED),
  /** It, or the snapshot in it, is not there. */
  NOT_FOUND(ErrorCode.REMOTE_NOT_FOUND),
  /** The way there is broken, or it is out of order itself. */
  NETWORK(ErrorCode.REMOTE_NETWORK),
  /** It took longer than the size of the work explains. */
  TIMEOUT(ErrorCode.REMOTE_TIMEOUT),
  /** It asks to be left alone for a while. */
  RATE_LIMITED(ErrorCode.REMOTE_RATE_LIMITED),
  /** There is no room left, or the file is too large for it. */
  QUOTA(ErrorCode.REMOTE_QUOTA),
  /** What it holds is not what was sent. */
  DAMAGED(ErrorCode.REMOTE_DAMAGED),
  /** Anything else. */
  FAILED(ErrorCode.REMOTE_FAILED);

  private final ErrorCode errorCode;

  RemoteFault(ErrorCode errorCode) {
    this.errorCode = errorCode;
  }

  /** The error that a command ends with because of this. */
  public ErrorCode errorCode() {
    return errorCode;
  }

  /**
   * Whether this machine is not set up for it: a program, a login or a name is lacking. Then a
   * requirement is unmet; anything else is a failure of a remote that is set up.
   */
  public boolean isUnmetRequirement() {
    return this == UNCONFIGURED || this == MISSING_TOOL || this == UNAUTHENTICATED;
  }

  /** Whether it passes by itself, so that trying again makes sense. */
  public boolean isTransient() {
    return this == NETWORK || this == TIMEOUT || this == RATE_LIMITED;
  }

  /** The word for this fault in records and JSON, for example {@code missing-tool}. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
