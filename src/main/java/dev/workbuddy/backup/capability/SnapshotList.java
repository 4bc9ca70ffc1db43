package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.snapshot.Fault;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The snapshots on this machine, newest first. */
public record SnapshotList(List<Entry> snapshots) implements Outcome {

  /**
   * One line of the list.
   *
   * @param state what its directory shows; only {@code verify} proves more
   * @param fault why it cannot be used; null where nothing is wrong
   */
  public record Entry(
      SnapshotId id,
      long ageSeconds,
      long bytes,
      List<String> databases,
      long rows,
      SnapshotState state,
      @Nullable String label,
      @Nullable Hold hold,
      @Nullable Fault fault) {

    static Entry of(StoredSnapshot snapshot, Instant now) {
      Optional<Manifest> manifest = snapshot.readManifest();
      return new Entry(
          snapshot.id(),
          Duration.between(snapshot.id().time(), now).toSeconds(),
          snapshot.bytes(),
          manifest
              .map(m -> List.copyOf(new TreeSet<>(m.schemaVersions().keySet())))
              .orElse(List.of()),
          manifest.map(Manifest::totalRows).orElse(0L),
          snapshot.state(),
          manifest.map(Manifest::label).orElse(null),
          snapshot.hold(),
          snapshot.fault());
    }
  }

  public SnapshotList {
    snapshots = List.copyOf(snapshots);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
