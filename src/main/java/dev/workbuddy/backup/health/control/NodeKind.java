package dev.workbuddy.backup.health.control;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a node of the graph stands for. */
public enum NodeKind {
  DOMAIN,
  COMPONENT,
  REQUIREMENT,
  CAPABILITY;

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
