package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.sqlite.Sql;
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
 * @param rows by table, its name compared as SQLite does; without the indexes of virtual tables
 * @param virtual the virtual tables whose rows are in one of these tables, by that table; what its
 *     name and the others' tell is found out
 * @param highMarks numbers that only an older file lets fall; null where the snapshot does not tell
 * @param sha256 of its file in the snapshot; null where the snapshot does not tell
 */
public record DatabaseState(
    String snapshot,
    Instant at,
    int schemaVersion,
    @Nullable Integer applicationId,
    Map<String, Long> rows,
    @Nullable Map<String, String> virtual,
    Manifest.@Nullable HighMarks highMarks,
    @Nullable String sha256) {
  private static final String OWN_HISTORY = "_migration_history";

  public DatabaseState {
    SortedMap<String, Long> named = new TreeMap<>(Sql.BY_NAME);
    rows.forEach((table, count) -> named.merge(table, count, Long::sum));
    Map<String, String> keepers = ShadowIndexTables.keepers(named.keySet());
    keepers.putAll(virtual == null ? Map.of() : virtual);
    named.keySet().removeAll(ShadowIndexTables.of(named.keySet()));
    if (highMarks != null) {
      named.putAll(highMarks.documents());
      highMarks.documents().keySet().forEach(table -> keepers.put(table, table));
    }
    virtual = Collections.unmodifiableMap(keepers);
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
                    rows,
                    null,
                    entry == null ? null : entry.highMarks(),
                    entry == null ? null : entry.sha256()));
  }

  /** Returns this state as of a later moment, when the database was put back. */
  DatabaseState since(Instant moment) {
    return new DatabaseState(
        snapshot, moment, schemaVersion, applicationId, rows, virtual, highMarks, sha256);
  }

  /** This database, with its rows as they were counted after a rescue from a snapshot. */
  DatabaseState counted(String from, Instant moment, Map<String, Long> counts) {
    return new DatabaseState(from, moment, schemaVersion, applicationId, counts, null, null, null);
  }

  /** The virtual table whose rows a table keeps; empty where it is an ordinary one. */
  Optional<String> keptFor(String table) {
    return virtual == null ? Optional.empty() : Optional.ofNullable(virtual.get(table));
  }

  /** The application's tables that hold rows. */
  Set<String> filled() {
    return rows.entrySet().stream()
        .filter(table -> table.getValue() > 0 && !table.getKey().equals(OWN_HISTORY))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
