package dev.workbuddy.backup.health;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a look at something came to, from good to bad. */
public enum Condition {
  OK,
  /** It is not known, which is neither a failure nor a success. */
  UNKNOWN,
  WARNING,
  /** Something that has to be there is not set up, or does not work. */
  FAILURE,
  /** It was set up, and is lost or out of order: setting it up is not what helps. */
  BROKEN;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
