package dev.workbuddy.backup.outcome;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a command ended. The exit codes are a promise to scripts. */
public enum Status {
  /** Everything that was asked for was done and checked. */
  DONE(0),
  /** Something broke that is none of the cases below. */
  FAILED(1),
  /** The command line or the configuration cannot be used as it is. */
  USAGE(2),
  /** A guard refused, and nothing was changed. */
  REFUSED(3),
  /** Damage was found in what was checked. */
  DAMAGED(4),
  /** The work was done, but not for everything that was asked for. */
  INCOMPLETE(5),
  /** Another run, or somebody who has a database open, is in the way. */
  BUSY(6),
  /** A person or the system interrupted the command. */
  INTERRUPTED(130);

  private final int exitCode;

  Status(int exitCode) {
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /** The word for this status in JSON documents. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
