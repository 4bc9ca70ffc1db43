package dev.workbuddy.backup.health.control;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What a part of the whole is good for, all that it depends on considered; the worst comes last.
 */
public enum EffectiveState {
  /** The user does not want it, or what it cannot be without. */
  DISABLED,
  OK,
  /** It is not known, which is no failure. */
  UNKNOWN,
  /** It works, but not as well as it should. */
  DEGRADED,
  /** It has not been set up. */
  UNCONFIGURED,
  /** It is set up and cannot work. */
  BLOCKED;

  /** Known not to work, for whatever reason that nobody wished for. */
  boolean isBad() {
    return this == UNCONFIGURED || this == BLOCKED;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
