package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.runs.RestoreRecord.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What a new directory is to bring into place. The directory says so itself, from its first moment
 * on until its swap is over, so that whoever finds it can tell what was cut short.
 *
 * @param snapshotId what is put back; null for a rollback
 * @param spent the name of the kept directory whose data returns; null for a restore
 */
record SwapPurpose(@Nullable String snapshotId, @Nullable String spent) {
  static final String FILE_NAME = ".wb-backup-swap";

  static SwapPurpose restore(String snapshotId) {
    return new SwapPurpose(snapshotId, null);
  }

  static SwapPurpose rollback(Path kept) {
    return new SwapPurpose(null, kept.getFileName().toString());
  }

  /** Empty where the directory does not say, or in words that nobody understands. */
  static Optional<SwapPurpose> notedIn(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Files.readAllBytes(file), SwapPurpose.class));
    } catch (JacksonException unknown) {
      return Optional.empty();
    }
  }

  void noteIn(Path directory) throws IOException {
    DurableFiles.write(directory.resolve(FILE_NAME), Json.bytes(this));
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
