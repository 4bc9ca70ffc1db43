package dev.workbuddy.backup.demo;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;

/**
 * A demo that went well; one that does not ends in an error.
 *
 * @param rows how many rows were brought back and counted
 */
public record DemoResult(String snapshotId, long rows) implements Outcome {
  @Override
  public Status status() {
    return Status.DONE;
  }
}
