package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;

/**
 * An answer.
 *
 * @param columns their names, which may repeat
 * @param rows each with a value for each column
 * @param truncated whether there were more rows than were read
 */
public record QueryResult(
    String snapshotId,
    String database,
    List<String> columns,
    List<List<Cell>> rows,
    boolean truncated)
    implements Outcome {
  public QueryResult {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
