package dev.workbuddy.backup.query;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.tables.SqlValue;
import java.util.List;

/**
 * An answer.
 *
 * @param columns their names, which may repeat
 * @param rows each with a value for each column
 * @param truncated whether there were more rows than were read
 * @param warnings what the user should know
 */
public record QueryResult(
    String snapshotId,
    String database,
    List<String> columns,
    List<List<SqlValue>> rows,
    boolean truncated,
    List<String> warnings)
    implements Outcome {
  public QueryResult {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    warnings = List.copyOf(warnings);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
