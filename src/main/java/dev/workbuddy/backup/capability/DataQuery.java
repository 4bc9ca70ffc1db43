package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.recovery.QueryRequest;
import dev.workbuddy.backup.recovery.QueryResult;
import dev.workbuddy.backup.recovery.QuerySnapshot;
import java.time.Duration;
import java.util.Set;

/** Asks a database of a snapshot in SQL. */
public final class DataQuery {
  private DataQuery() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   * @param database by logical name
   * @param sql one statement that reads
   * @param neighbours other databases of the snapshot that the statement may name as schemas
   * @param limit how many rows to read at most
   * @param timeoutSeconds how long it may take
   */
  public record Parameters(
      String snapshotId,
      String database,
      String sql,
      Set<String> neighbours,
      int limit,
      int timeoutSeconds) {
    public Parameters {
      neighbours = Set.copyOf(neighbours);
    }
  }

  static Capability<Parameters, QueryResult> in(Workspace workspace) {
    return new Capability<>(
        "data_query",
        "Answers a SQL question about one database of a snapshot; it cannot change anything.",
        Effect.READS,
        Parameters.class,
        (parameters, progress) ->
            new QuerySnapshot(workspace.settings(), workspace.clock())
                .run(
                    new QueryRequest(
                        parameters.snapshotId(),
                        parameters.database(),
                        parameters.sql(),
                        parameters.neighbours(),
                        parameters.limit(),
                        Duration.ofSeconds(parameters.timeoutSeconds())),
                    progress));
  }
}
