package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;

/**
 * A restore that was taken back.
 *
 * @param undone the snapshot whose restore was undone
 * @param databases the databases that are again what they were before it
 * @param kept where the data that the rollback replaced is kept
 */
public record RollbackResult(String undone, List<String> databases, String kept)
    implements Outcome {
  public RollbackResult {
    databases = List.copyOf(databases);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
