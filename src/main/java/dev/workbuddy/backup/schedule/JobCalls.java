package dev.workbuddy.backup.schedule;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Knows what jobs may call. */
@FunctionalInterface
public interface JobCalls {

  /** Why a capability cannot be called so by a job; empty where it can. */
  Optional<String> problem(String capability, JsonNode params);

  /**
   * Whether a capability is one of this program's, or is spelled so much like one that it was meant
   * to be. Job files of others are for other programs.
   */
  default boolean isOurs(String capability) {
    return true;
  }
}
