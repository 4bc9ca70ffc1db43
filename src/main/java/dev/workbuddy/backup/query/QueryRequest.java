package dev.workbuddy.backup.query;

import java.time.Duration;
import java.util.Set;

/**
 * A question to one database of a snapshot.
 *
 * @param snapshot an id, an unambiguous beginning of one, or {@code latest}
 * @param database by logical name
 * @param sql one statement that reads
 * @param neighbours other databases of the snapshot, which the statement may name as schemas
 * @param limit how many rows to read at most
 * @param time how long it may take
 */
public record QueryRequest(
    String snapshot,
    String database,
    String sql,
    Set<String> neighbours,
    int limit,
    Duration time) {
  public QueryRequest {
    neighbours = Set.copyOf(neighbours);
  }
}
