package dev.workbuddy.backup.web;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a job is.
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param step what it does now, in words; empty before the first step
 * @param percent of the step; null where that is not known
 * @param httpStatus what a call that waits would have ended with; null while it runs
 * @param answer the result's document, or the error's; null while it runs
 */
record JobView(
    String id,
    String capability,
    String state,
    String step,
    @Nullable Integer percent,
    @Nullable Integer httpStatus,
    @Nullable ObjectNode answer) {
  @JsonIgnore
  boolean isRunning() {
    return answer == null;
  }

  @JsonIgnore
  boolean isDone() {
    return state.equals("done");
  }

  /** The answer of a job that has ended. */
  ObjectNode document() {
    return Objects.requireNonNull(answer);
  }
}
