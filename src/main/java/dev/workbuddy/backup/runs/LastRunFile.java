package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The file {@code last_run.json}. Changing it requires the lock of {@link RunRecords}. */
final class LastRunFile {
  /** More than any real one needs. */
  private static final int MOST_BYTES = 8 << 20;

  private final StateFile file;

  LastRunFile(Path backupsDir) {
    this.file = new StateFile(backupsDir.resolve(LastRun.FILE_NAME), MOST_BYTES);
  }

  /** What it says; of no run where it says that there was none. */
  Stored<Optional<RunRecord>> read() {
    return file.read().read(LastRunDocument::run);
  }

  /** What it tells the original's check; that of a first run where it tells nothing. */
  OriginalWords words() {
    return file.read().read(LastRunDocument::words).found().orElse(OriginalWords.FIRST_RUN);
  }

  /** Sets it aside where it cannot be used; returns what the user should know. */
  Optional<String> settle() throws IOException {
    return file.settle(read());
  }

  void write(byte[] document) throws IOException {
    Optional<String> _ = file.replace(document, read());
  }
}
