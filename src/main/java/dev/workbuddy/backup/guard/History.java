package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The snapshots that a new one is compared with, newest first; each has a readable manifest. */
record History(List<StoredSnapshot> snapshots) {
  History {
    snapshots = List.copyOf(snapshots);
  }

  /**
   * Those that can be used. This history's own, whatever their dates: the clock may have been
   * wrong. Others' only where it has none, as on a new machine.
   *
   * @param newestFirst the one that was taken last first
   * @param isOwn whether one is of this history
   */
  static History of(List<StoredSnapshot> newestFirst, Predicate<StoredSnapshot> isOwn) {
    List<StoredSnapshot> usable = newestFirst.stream().filter(History::isUsable).toList();
    List<StoredSnapshot> own = usable.stream().filter(isOwn).toList();
    return new History(own.isEmpty() ? usable : own);
  }

  private static boolean isUsable(StoredSnapshot snapshot) {
    return snapshot.state() == SnapshotState.COMPLETE
        || snapshot.state() == SnapshotState.INCOMPLETE;
  }

  /** What they show of a database, newest first; not what was taken of data before a rescue. */
  List<DatabaseState> of(String database) {
    return snapshots.stream()
        .filter(snapshot -> !snapshot.showsLoss())
        .flatMap(snapshot -> state(snapshot, database).stream())
        .toList();
  }

  /** The databases that the newest one holds. */
  Set<String> databasesOfTheNewest() {
    return snapshots.stream()
        .findFirst()
        .flatMap(StoredSnapshot::readManifest)
        .map(manifest -> manifest.rowCounts().keySet())
        .orElse(Set.of());
  }

  static Optional<DatabaseState> state(StoredSnapshot snapshot, String database) {
    return snapshot
        .readManifest()
        .flatMap(
            manifest ->
                DatabaseState.in(
                    manifest, snapshot.id().toString(), snapshot.id().time(), database));
  }

  /** The alarms that the newest one tells of. */
  List<Alarm> alarms() {
    return snapshots.stream()
        .findFirst()
        .flatMap(StoredSnapshot::readManifest)
        .map(Manifest::alarms)
        .orElse(List.of());
  }
}
