package dev.workbuddy.backup.capability;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.runs.Drills;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.RecoveredRows;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotProblem;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots on this machine, newest first.
 *
 * @param remotes what remotes hold; empty where they were not asked
 * @param openAlarms what looks like lost data and nobody has put aside
 * @param recovered what could be read of damaged databases; none of it is a snapshot
 */
public record SnapshotList(
    List<Entry> snapshots,
    List<Place> remotes,
    @JsonProperty("alarms") List<Alarm> openAlarms,
    List<RecoveredRows> recovered)
    implements Outcome {

  /**
   * One remote.
   *
   * @param fault why it could not be listed; null where it could
   * @param detail that in words; empty where nothing is wrong
   */
  public record Place(
      String name, @Nullable RemoteFault fault, String detail, String hint, List<Copy> snapshots) {

    Place only(Predicate<SnapshotId> meant) {
      return new Place(
          name,
          fault,
          detail,
          hint,
          snapshots.stream().filter(copy -> meant.test(copy.id())).toList());
    }

    static Place of(String name, RemoteResult<RemoteListing> result, Drills drills) {
      return switch (result) {
        case RemoteResult.Ok<RemoteListing>(RemoteListing listing) ->
            new Place(
                name,
                null,
                String.join("; ", listing.gaps()),
                "",
                listing.snapshots().stream()
                    .map(snapshot -> Copy.of(name, snapshot, drills))
                    .toList());
        case RemoteResult.Failed<RemoteListing> failed ->
            new Place(name, failed.fault(), failed.detail(), failed.hint(), List.of());
      };
    }
  }

  /**
   * One snapshot in a remote.
   *
   * @param proven when a restore of it from there was proven, if that was the last word on it; else
   *     null
   * @param drillFailed when a rehearsal with it failed, if that was the last word; else null
   */
  public record Copy(
      SnapshotId id,
      @Nullable String namespace,
      boolean ours,
      long bytes,
      SnapshotState state,
      @Nullable Hold hold,
      @Nullable Instant proven,
      @Nullable Instant drillFailed) {

    static Copy of(String remote, RemoteSnapshot snapshot, Drills drills) {
      return new Copy(
          snapshot.id(),
          snapshot.namespace(),
          snapshot.ours(),
          snapshot.bytes(),
          snapshot.state(),
          snapshot.hold(),
          snapshot.state() == SnapshotState.DAMAGED
              ? null
              : drills.proven(snapshot.id().toString(), remote, snapshot.namespace()),
          drills.failed(snapshot.id().toString(), remote, snapshot.namespace()));
    }
  }

  /**
   * One line of the list.
   *
   * @param state what its directory shows; only {@code verify} proves more
   * @param alarms those that were open when it was taken
   * @param fault why it cannot be used; null where nothing is wrong
   * @param proven when a restore of it was proven last, wherever from; null for never, and where
   *     the last rehearsal with this copy failed
   * @param drillFailed when a rehearsal with this copy failed, if that was the last word; else null
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
      List<Alarm> alarms,
      @Nullable SnapshotProblem fault,
      @Nullable Instant proven,
      @Nullable Instant drillFailed) {

    public static Entry of(StoredSnapshot snapshot, Instant now, Drills drills) {
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
          manifest.map(Manifest::alarms).orElse(List.of()),
          snapshot.fault(),
          snapshot.state() == SnapshotState.DAMAGED
              ? null
              : drills.proven(snapshot.id().toString()),
          drills.failed(snapshot.id().toString(), DrillRecord.LOCAL, null));
    }
  }

  public SnapshotList {
    snapshots = List.copyOf(snapshots);
    remotes = List.copyOf(remotes);
    openAlarms = List.copyOf(openAlarms);
  }

  /** A remote that could not be listed leaves the list incomplete. */
  @Override
  public Status status() {
    return remotes.stream().allMatch(place -> place.fault() == null)
        ? Status.DONE
        : Status.INCOMPLETE;
  }
}
