package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The snapshots that a new one is compared with, newest first; each has a readable manifest. */
record History(List<StoredSnapshot> snapshots) {
  History {
    snapshots = List.copyOf(snapshots);
  }

  /**
   * Those older than the new one that can be used. This machine's own; others' only where it has
   * none, as on a new machine.
   */
  static History before(SnapshotId id, List<StoredSnapshot> newestFirst, String host) {
    return all(
        newestFirst.stream().filter(snapshot -> snapshot.id().time().isBefore(id.time())).toList(),
        host);
  }

  /** The same of all that there are. */
  static History all(List<StoredSnapshot> newestFirst, String host) {
    List<StoredSnapshot> usable = newestFirst.stream().filter(History::isUsable).toList();
    List<StoredSnapshot> own = usable.stream().filter(isOf(host)).toList();
    return new History(own.isEmpty() ? usable : own);
  }

  private static boolean isUsable(StoredSnapshot snapshot) {
    return snapshot.state() == SnapshotState.COMPLETE
        || snapshot.state() == SnapshotState.INCOMPLETE;
  }

  private static Predicate<StoredSnapshot> isOf(String host) {
    return snapshot -> snapshot.readManifest().map(Manifest::host).filter(host::equals).isPresent();
  }

  /** What they show of a database, newest first. */
  List<DatabaseState> of(String database) {
    return snapshots.stream().flatMap(snapshot -> state(snapshot, database).stream()).toList();
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
