package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.query.QueryRequest;
import dev.workbuddy.backup.query.QueryResult;
import dev.workbuddy.backup.query.QuerySnapshot;
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
      @Described(
              "An id, an unambiguous beginning of one, or latest: the newest complete one that"
                  + " neither raised an alarm nor was taken before a rescue or migration.")
          String snapshotId,
      @Described("The database, by logical name.") String database,
      @Described("One statement that reads.") String sql,
      @Described("Other databases of the snapshot that the statement may name as schemas.")
          Set<String> neighbours,
      @Described("How many rows to read at most.") @ByDefault("1000") int limit,
      @Described("How many seconds it may take.") @ByDefault("60") int timeoutSeconds) {
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
                        progress))
        .titled("Ask a snapshot");
  }
}
