package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a new snapshot comes after.
 *
 * @param identity whose history it is
 * @param snapshots all that are here, the one that was taken last first
 */
record OwnHistory(Identity identity, List<StoredSnapshot> snapshots) {
  OwnHistory {
    snapshots = List.copyOf(snapshots);
  }

  /** Those whose dates lie in the future: the clock was wrong when they were taken, or is now. */
  List<SnapshotId> datedAhead(Instant now) {
    return snapshots.stream()
        .map(StoredSnapshot::id)
        .filter(id -> RetentionRules.isDatedAhead(id, now))
        .toList();
  }

  /** How a database was when it was saved last; empty where no snapshot here has it. */
  Optional<Manifest.Database> newestOf(String database) {
    return snapshots.stream()
        .flatMap(snapshot -> snapshot.readManifest().stream())
        .flatMap(manifest -> Optional.ofNullable(manifest.databases().get(database)).stream())
        .findFirst();
  }

  /** The turn of the next one, which no other of this history has had. */
  long nextSequence() {
    return 1 + Math.max(0, snapshots.stream().mapToLong(identity::turn).max().orElse(0));
  }
}
