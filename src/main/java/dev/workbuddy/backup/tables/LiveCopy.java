package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.sqlite.LiveDatabase;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A live database as it was at one moment, in a file that nobody writes. Its pages may be read,
 * which the live file's must not be, and the application's log is not held back for long.
 */
public final class LiveCopy implements Closeable {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final long SPARE_BYTES = 1L << 30;

  private final Path scratch;
  private final Path file;

  private LiveCopy(Path scratch) {
    this.scratch = scratch;
    this.file = scratch.resolve("live.db");
  }

  /**
   * Copies with SQLite's online backup.
   *
   * @param scratch an empty directory; gone when the copy is closed, or if none is made
   * @return empty where the disk would be nearly full
   */
  static Optional<LiveCopy> of(String name, Path live, Path scratch) throws IOException {
    LiveCopy copy = new LiveCopy(scratch);
    try {
      if (copy.take(live)) {
        return Optional.of(copy);
      }
      copy.close();
      return Optional.empty();
    } catch (UnusableDatabaseException e) {
      copy.close();
      throw LiveFiles.unusable(name, e);
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private boolean take(Path live) throws IOException, UnusableDatabaseException {
    try (LiveDatabase database = LiveDatabase.open(live, BUSY_TIMEOUT)) {
      long free = Files.getFileStore(scratch).getUsableSpace();
      if (free < database.bytes() + SPARE_BYTES) {
        return false;
      }
      database.freeze();
      database.copyTo(file, bytes -> {});
      return true;
    }
  }

  public Path file() {
    return file;
  }

  @Override
  public void close() throws IOException {
    DurableFiles.deleteTree(scratch);
  }
}
