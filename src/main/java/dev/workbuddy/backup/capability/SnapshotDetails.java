package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.Drills;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot in full.
 *
 * @param manifest null where it cannot be read
 */
public record SnapshotDetails(
    SnapshotList.Entry snapshot, String tarball, @Nullable Manifest manifest) implements Outcome {

  static SnapshotDetails of(StoredSnapshot snapshot, Instant now, Drills drills) {
    return new SnapshotDetails(
        SnapshotList.Entry.of(snapshot, now, drills),
        snapshot.tarball().toString(),
        snapshot.manifest());
  }

  /** A snapshot that cannot be used as it lies there ends the command with its fault. */
  @Override
  public Status status() {
    return snapshot.fault() == null ? Status.DONE : snapshot.fault().code().status();
  }
}
