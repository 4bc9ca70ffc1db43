package dev.workbuddy.backup.sqlite;

import java.nio.file.Path;
import java.time.Duration;

/** Copies a database the way that a run does. */
final class Copies {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private Copies() {}

  static CopyReport copy(Path from, Path to) throws UnusableDatabaseException {
    return copy(from, to, PATIENCE);
  }

  static CopyReport copy(Path from, Path to, Duration busyTimeout)
      throws UnusableDatabaseException {
    try (LiveDatabase live = LiveDatabase.open(from, busyTimeout)) {
      live.freeze();
      return live.copyTo(to, copied -> {});
    }
  }
}
