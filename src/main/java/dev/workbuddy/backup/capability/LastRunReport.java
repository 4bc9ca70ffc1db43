package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.LastRun;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import org.jspecify.annotations.Nullable;

/**
 * How the last run went.
 *
 * @param lastRun null where there was none, or its record cannot be read
 */
public record LastRunReport(@Nullable LastRun lastRun) implements Outcome {
  @Override
  public Status status() {
    return Status.DONE;
  }
}
