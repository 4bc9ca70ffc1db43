package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Manifest;
import java.util.List;

/**
 * A snapshot that was taken.
 *
 * @param status {@link Status#INCOMPLETE} where some vital database is not inside
 * @param directory where it lies
 * @param bytes the tarball's size
 * @param swept older snapshots that retention removed afterwards
 * @param warnings what the user should know although nothing failed
 */
public record BackupResult(
    Status status,
    String snapshotId,
    String directory,
    String tarball,
    long bytes,
    List<Saved> databases,
    List<Manifest.Missing> missing,
    long skewMillis,
    long durationMillis,
    List<String> swept,
    List<String> warnings)
    implements Outcome {

  /** One database inside the snapshot. */
  public record Saved(
      String name, String file, long bytes, long rows, int schemaVersion, String strategy) {}

  public BackupResult {
    databases = List.copyOf(databases);
    missing = List.copyOf(missing);
    swept = List.copyOf(swept);
    warnings = List.copyOf(warnings);
  }

  public long databaseBytes() {
    return databases.stream().mapToLong(Saved::bytes).sum();
  }
}
