package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Manifest;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One database at one moment, as far as the guard looks at it.
 *
 * @param snapshot the id of the snapshot that shows it
 * @param at that moment
 * @param applicationId {@code PRAGMA application_id}; null where the snapshot does not tell
 * @param rows by table, in either case the same, as in SQLite; without the indexes of virtual
 *     tables
 */
public record DatabaseState(
    String snapshot,
    Instant at,
    int schemaVersion,
    @Nullable Integer applicationId,
    Map<String, Long> rows) {
  private static final String OWN_HISTORY = "_migration_history";

  public DatabaseState {
    SortedMap<String, Long> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    rows.forEach((table, count) -> named.merge(table, count, Long::sum));
    named.keySet().removeAll(IndexTables.of(named.keySet()));
    rows = Collections.unmodifiableMap(named);
  }

  /** What a snapshot shows of a database, or nothing where it does not hold it. */
  static Optional<DatabaseState> in(Manifest manifest, String snapshot, Instant at, String name) {
    Manifest.Database entry = manifest.databases().get(name);
    return Optional.ofNullable(manifest.rowCounts().get(name))
        .map(
            rows ->
                new DatabaseState(
                    snapshot,
                    at,
                    manifest.schemaVersions().getOrDefault(name, 0),
                    entry == null ? null : entry.applicationId(),
                    rows));
  }

  /** The same as of a later moment, when it was put back. */
  DatabaseState since(Instant moment) {
    return new DatabaseState(snapshot, moment, schemaVersion, applicationId, rows);
  }

  /** The application's tables that hold rows. */
  Set<String> filled() {
    return rows.entrySet().stream()
        .filter(table -> table.getValue() > 0 && !table.getKey().equals(OWN_HISTORY))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
