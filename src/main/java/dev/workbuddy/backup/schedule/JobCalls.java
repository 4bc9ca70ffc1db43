package dev.workbuddy.backup.schedule;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Knows what jobs may call. */
@FunctionalInterface
public interface JobCalls {

  /** Why a capability cannot be called so by a job; empty where it can. */
  Optional<String> problem(String capability, JsonNode params);
}
