package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.sqlite.DatabaseProblem;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * When a database is looked at again before it is called unusable. Somebody may just be writing the
 * file anew, without SQLite's locks: a look in between sees half of it, or nothing at all.
 *
 * @param waiting how the time between two looks passes
 * @param known the databases that the last snapshot has; one that never was there is not waited for
 */
record SecondLooks(Sleeper waiting, Set<String> known) {
  /** Uneven, so that no rhythm of a writer fits; about four seconds in all. */
  static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(130),
          Duration.ofMillis(270),
          Duration.ofMillis(520),
          Duration.ofMillis(1010),
          Duration.ofMillis(1930));

  /** The looks of a run with this history, newest first. */
  static SecondLooks after(List<StoredSnapshot> history, Sleeper waiting) {
    return new SecondLooks(
        waiting,
        history.stream()
            .flatMap(snapshot -> snapshot.readManifest().stream())
            .findFirst()
            .map(Manifest::databases)
            .map(databases -> Set.copyOf(databases.keySet()))
            .orElse(Set.of()));
  }

  /** Whether a problem at the first look may pass by itself. */
  boolean mayPass(VitalDatabase vital, DatabaseProblem problem) {
    return switch (problem.kind()) {
      case MISSING, EMPTY -> known.contains(vital.name());
      case NOT_A_DATABASE, CORRUPT, UNREADABLE -> true;
      case NOT_A_FILE, LOCKED -> false;
    };
  }

  /** Whether to look once more after another look found this. A lock was waited for already. */
  static boolean goesOn(DatabaseProblem problem) {
    return switch (problem.kind()) {
      case MISSING, EMPTY, NOT_A_DATABASE, CORRUPT, UNREADABLE -> true;
      case NOT_A_FILE, LOCKED -> false;
    };
  }
}
