package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * How the last run went: {@code last_run.json}, the only thing that freshness is judged by.
 *
 * @param status {@code done}, {@code incomplete} or {@code failed}
 * @param error why it failed; null where it did not
 * @param snapshotId null where no snapshot came of it
 * @param bytes the tarball's size; 0 where there is none
 * @param databaseBytes the databases' size before packing
 * @param remotes what became of each remote; empty where none was pushed to
 * @param alarms those that are open
 * @param lastGoodSnapshotId the newest complete snapshot of any run so far; null where none was
 * @param lastGoodAt when that one was finished
 */
public record LastRun(
    String status,
    @Nullable Failure error,
    @Nullable String snapshotId,
    boolean manual,
    Instant startedAt,
    Instant finishedAt,
    long durationMillis,
    long bytes,
    long databaseBytes,
    List<Manifest.Missing> missing,
    List<String> swept,
    List<RemoteReport> remotes,
    List<Alarm> alarms,
    @Nullable String lastGoodSnapshotId,
    @Nullable Instant lastGoodAt) {
  private static final String FILE_NAME = "last_run.json";

  /** An error as faces print it. */
  public record Failure(String code, String message, String hint) {}

  /** The last run's record, or empty where there was none or it cannot be read. */
  public static Optional<LastRun> read(Path backupsDir) {
    try {
      return Optional.of(
          Json.read(Files.readAllBytes(backupsDir.resolve(FILE_NAME)), LastRun.class));
    } catch (IOException | JacksonException none) {
      return Optional.empty();
    }
  }

  /** The same run, after its snapshot was pushed. */
  LastRun withRemotes(String newStatus, List<RemoteReport> reports) {
    return new LastRun(
        newStatus,
        error,
        snapshotId,
        manual,
        startedAt,
        finishedAt,
        durationMillis,
        bytes,
        databaseBytes,
        missing,
        swept,
        reports,
        alarms,
        lastGoodSnapshotId,
        lastGoodAt);
  }

  void write(Path backupsDir) throws IOException {
    DurableFiles.write(backupsDir.resolve(FILE_NAME), Json.bytes(this));
  }
}
