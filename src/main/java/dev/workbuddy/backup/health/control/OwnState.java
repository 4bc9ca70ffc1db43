package dev.workbuddy.backup.health.control;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.workbuddy.backup.health.Condition;
import java.util.Locale;

/** What is known of a node by looking at it alone. */
public enum OwnState {
  OK,
  UNKNOWN,
  WARNING,
  FAILURE,
  BROKEN,
  UNWANTED;

  static OwnState of(Condition condition) {
    return valueOf(condition.name());
  }

  /** Known not to work, set up or not. */
  public boolean isBad() {
    return this == FAILURE || this == BROKEN;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
