package dev.workbuddy.backup.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A live database that a restore replaced, as it was right before.
 *
 * @param name the logical name of what took its place
 * @param file its place in the live directory
 * @param bytes its size, with the write-ahead log beside it
 * @param writtenAt when somebody last wrote into either
 */
public record ReplacedDatabase(String name, String file, long bytes, Instant writtenAt) {

  /** Those that are in the plan's way. */
  static List<ReplacedDatabase> by(RestorePlan plan, Path live) throws IOException {
    List<ReplacedDatabase> replaced = new ArrayList<>();
    for (RestorePlan.Planned planned : plan.databases()) {
      Path file = live.resolve(planned.file());
      if (Files.exists(file)) {
        replaced.add(of(planned, file));
      }
    }
    return replaced;
  }

  private static ReplacedDatabase of(RestorePlan.Planned planned, Path file) throws IOException {
    long bytes = Files.size(file);
    Instant written = Files.getLastModifiedTime(file).toInstant();
    Path log = Path.of(file + "-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      bytes += Files.size(log);
      Instant logged = Files.getLastModifiedTime(log).toInstant();
      written = logged.isAfter(written) ? logged : written;
    }
    return new ReplacedDatabase(planned.name(), planned.file(), bytes, written);
  }
}
