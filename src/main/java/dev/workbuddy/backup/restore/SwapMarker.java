package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.runs.RestoreRecord.Operation;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a new directory is to bring into place. The directory says so itself, from its first moment
 * on until its swap is over, so that whoever finds it can tell what was cut short.
 *
 * @param snapshotId what is put back; null for a rollback
 * @param spent the name of the kept directory whose data returns; null for a restore
 */
record SwapMarker(@Nullable String snapshotId, @Nullable String spent) {
  static final String FILE_NAME = ".wb-backup-swap";
  private static final int MOST_BYTES = 1 << 16;

  static SwapMarker restore(String snapshotId) {
    return new SwapMarker(snapshotId, null);
  }

  static SwapMarker rollback(Path kept) {
    return new SwapMarker(null, kept.getFileName().toString());
  }

  /** Whether the directory is new, and its swap not over yet. */
  static boolean isNotedIn(Path directory) {
    return Files.exists(directory.resolve(FILE_NAME), LinkOption.NOFOLLOW_LINKS);
  }

  /** Empty where the directory does not say, or names what is no purpose of a swap. */
  static Optional<SwapMarker> notedIn(Path directory, LiveDirectory live) {
    return new StateFile(directory.resolve(FILE_NAME), MOST_BYTES)
        .json(SwapMarker.class)
        .found()
        .filter(purpose -> purpose.isPossible(live));
  }

  private boolean isPossible(LiveDirectory live) {
    if (spent != null) {
      return snapshotId == null && live.own(spent).isPresent();
    }
    return snapshotId != null && SnapshotId.parse(snapshotId).isPresent();
  }

  void noteIn(Path directory) throws IOException {
    DurableFiles.writeForOthers(directory.resolve(FILE_NAME), Json.bytes(this));
  }

  /** The directory says nothing any more. Its names are made durable. */
  static void forgetIn(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(FILE_NAME));
    DurableFiles.syncDirectory(directory);
  }

  Operation operation() {
    return spent == null ? Operation.RESTORE : Operation.ROLLBACK;
  }

  /** In words. */
  String words() {
    return spent == null
        ? "restore of " + Objects.requireNonNull(snapshotId)
        : "rollback to " + spent;
  }
}
