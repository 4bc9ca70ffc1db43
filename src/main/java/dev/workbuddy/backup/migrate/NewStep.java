package dev.workbuddy.backup.migrate;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;

/**
 * A file for a new step.
 *
 * @param file absolute
 */
public record NewStep(String database, String file) implements Outcome {
  @Override
  public Status status() {
    return Status.DONE;
  }
}
