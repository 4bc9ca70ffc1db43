package dev.workbuddy.backup.sqlite;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The disk on which SQLite sorts what does not fit into its memory. */
public final class TemporarySpace {
  private static final long SPARE_BYTES = 1L << 30;

  private final FileStore disk;
  private final long spare;

  private TemporarySpace(FileStore disk, long spare) {
    this.disk = disk;
    this.spare = spare;
  }

  /** The one that SQLite chooses in this process. */
  public static TemporarySpace inUse() throws IOException {
    return of(directory(System.getenv()));
  }

  /** That of a directory; half of what is free now, or a gigabyte, is to stay free. */
  static TemporarySpace of(Path directory) throws IOException {
    FileStore disk = Files.getFileStore(directory);
    return new TemporarySpace(disk, Math.min(SPARE_BYTES, disk.getUsableSpace() / 2));
  }

  /** SQLite's own order on Unix; Windows tells the same place to everybody. */
  private static Path directory(Map<String, String> environment) {
    return Stream.of(
            environment.get("SQLITE_TMPDIR"),
            environment.get("TMPDIR"),
            "/var/tmp",
            "/usr/tmp",
            "/tmp")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(path -> File.separatorChar == '/' && Files.isWritable(path))
        .findFirst()
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Whether so little is free that others would soon have none. */
  boolean isScarce() {
    try {
      return disk.getUsableSpace() < spare;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
