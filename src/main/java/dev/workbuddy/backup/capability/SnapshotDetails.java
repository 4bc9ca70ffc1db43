package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.Drills;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.contents.OriginalStores;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot in full.
 *
 * @param manifest null where it cannot be read
 * @param truthStores what the original's newer snapshots have beside their databases, or lack
 */
public record SnapshotDetails(
    SnapshotList.Entry snapshot,
    String tarball,
    @Nullable Manifest manifest,
    List<OriginalStores.Store> truthStores)
    implements Outcome {

  public SnapshotDetails {
    truthStores = List.copyOf(truthStores);
  }

  static SnapshotDetails of(StoredSnapshot snapshot, Instant now, Drills drills)
      throws IOException {
    return new SnapshotDetails(
        SnapshotList.Entry.of(snapshot, now, drills),
        snapshot.tarball().toString(),
        snapshot.manifest(),
        OriginalStores.of(snapshot));
  }

  /** A snapshot that cannot be used as it lies there ends the command with its fault. */
  @Override
  public Status status() {
    return snapshot.fault() == null ? Status.DONE : snapshot.fault().code().status();
  }
}
