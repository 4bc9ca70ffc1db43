package dev.workbuddy.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.workbuddy.backup.sqlite.Objection;
import dev.workbuddy.backup.sqlite.Unchecked;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds: {@code MANIFEST.json}, format 1. The component names are the JSON keys in
 * snake case. Maps keyed by a database use its logical name.
 *
 * @param manifestVersion the version of this format
 * @param snapshotTs the moment of the snapshot, ISO 8601 in UTC
 * @param host the machine that took it
 * @param workBuddyVersion the application's version; null where unknown, as the next three
 * @param schemaVersions {@code PRAGMA user_version} of each database
 * @param rowCounts rows of each table of each database, read from the copy
 * @param tool what wrote the snapshot; null in snapshots of the original Python work-buddy
 * @param manual whether a person asked for the snapshot
 * @param agent whether an agent did
 * @param dbDir the live database directory relative to the data root; null in snapshots of the
 *     original Python work-buddy
 * @param databases the databases inside; empty in snapshots of the original Python work-buddy
 * @param missing vital databases that could not be saved
 * @param skewMillis how far apart the databases' points in time are
 * @param alarms those that were open when it was taken, its own included
 * @param takenBefore what wb-backup was about to change when it took the snapshot by itself: {@code
 *     rescue} or {@code migrate}; null for every other snapshot
 * @param identity whose it is, 32 hexadecimal digits; null in snapshots from before there were
 *     identities
 * @param sequence its place in the order in which that history's snapshots were taken, from 1; null
 *     where it has no identity
 */
@JsonPropertyOrder({"manifest_version", "snapshot_ts", "host"})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Manifest(
    int manifestVersion,
    String snapshotTs,
    String host,
    @Nullable String workBuddyVersion,
    @Nullable String workBuddyCommit,
    @Nullable String workBuddyBranch,
    @Nullable Boolean workBuddyDirty,
    Map<String, Integer> schemaVersions,
    Map<String, Map<String, Long>> rowCounts,
    @Nullable Tool tool,
    boolean manual,
    boolean agent,
    @Nullable String label,
    @Nullable String dbDir,
    Map<String, Database> databases,
    List<Missing> missing,
    long skewMillis,
    List<Alarm> alarms,
    @Nullable String takenBefore,
    @Nullable String identity,
    @Nullable Long sequence) {

  /** The only format that this version knows. */
  public static final int VERSION = 1;

  /** The name of the file, beside the tarball and inside it. */
  public static final String FILE_NAME = "MANIFEST.json";

  /** In {@code taken_before}: lost rows were about to be brought back. */
  public static final String RESCUE = "rescue";

  /** The program that wrote a snapshot. */
  public record Tool(String name, String version, String sqliteVersion) {}

  /**
   * One database inside the tarball.
   *
   * @param file its name in the tarball: its path below the live database directory
   * @param journalMode the live database's
   * @param highMarks null in snapshots of earlier versions
   * @param objections what SQLite objected to although every row could be read; of an index only
   *     where its b-tree is concerned, for its entries are not checked when a snapshot is taken
   * @param unchecked what only the application could have checked
   */
  public record Database(
      String file,
      long bytes,
      String sha256,
      int pageSize,
      long pageCount,
      String journalMode,
      int applicationId,
      Copy copy,
      @Nullable HighMarks highMarks,
      List<Objection> objections,
      List<Unchecked> unchecked) {
    public Database {
      objections = List.copyOf(objections);
      unchecked = List.copyOf(unchecked);
    }
  }

  /**
   * Numbers of a database that grow as it is used.
   *
   * @param sequences by table, the largest number that {@code AUTOINCREMENT} has given out
   * @param rowids by table, the largest rowid
   * @param documents by full-text table without content, how many documents it knows; empty in
   *     snapshots of earlier versions
   */
  public record HighMarks(
      Map<String, Long> sequences, Map<String, Long> rowids, Map<String, Long> documents) {
    public static final HighMarks NONE = new HighMarks(Map.of(), Map.of(), Map.of());

    public HighMarks {
      sequences = Map.copyOf(sequences);
      rowids = Map.copyOf(rowids);
      documents = documents == null ? Map.of() : Map.copyOf(documents);
    }
  }

  /** How the copy was made; see the strategies in docs/formats.md. */
  public record Copy(String strategy, long millis, int restarts, long lockedMillis) {}

  /**
   * A vital database that is not inside.
   *
   * @param reason a word such as {@code missing}, {@code corrupt}, {@code locked}
   */
  public record Missing(String database, String file, String reason, String detail) {}

  public Manifest {
    schemaVersions = Map.copyOf(schemaVersions);
    rowCounts = Map.copyOf(rowCounts);
    databases = Map.copyOf(databases);
    missing = List.copyOf(missing);
    alarms = List.copyOf(alarms);
  }

  /** Whether every vital database is inside. */
  @JsonIgnore
  public boolean isComplete() {
    return missing.isEmpty();
  }

  /** The databases that were vital when it was taken, inside or missing. */
  @JsonIgnore
  public Set<String> named() {
    Set<String> names = new HashSet<>(databases.keySet());
    missing.forEach(absent -> names.add(absent.database()));
    rowCounts.forEach(
        (name, tables) -> {
          if (!tables.isEmpty()) {
            names.add(name);
          }
        });
    return names;
  }

  /** Returns this manifest with these alarms. */
  public Manifest withAlarms(List<Alarm> open) {
    return new Manifest(
        manifestVersion,
        snapshotTs,
        host,
        workBuddyVersion,
        workBuddyCommit,
        workBuddyBranch,
        workBuddyDirty,
        schemaVersions,
        rowCounts,
        tool,
        manual,
        agent,
        label,
        dbDir,
        databases,
        missing,
        skewMillis,
        open,
        takenBefore,
        identity,
        sequence);
  }

  /** Rows of all tables of all databases. */
  @JsonIgnore
  public long totalRows() {
    return rowCounts.values().stream()
        .flatMap(tables -> tables.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
