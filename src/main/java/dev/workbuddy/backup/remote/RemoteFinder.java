package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotMatch;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the snapshot in a listing that a person means: as in the local history, or with a namespace
 * and {@code /} before it. Without one, this machine's own are meant; where it has none there, as a
 * freshly installed machine may, those of the only namespace that there is. Those of the original
 * Python work-buddy, which name none, can be meant either way.
 */
public final class RemoteFinder {
  private RemoteFinder() {}

  private static SnapshotMatch<RemoteSnapshot> match(String remote) {
    return new SnapshotMatch<>(
        RemoteSnapshot::id, RemoteSnapshot::state, RemoteListing.hint(remote));
  }

  /**
   * The snapshot meant by the text.
   *
   * @throws BackupException where there is none, or more than one
   */
  public static RemoteSnapshot find(RemoteListing listing, String text, String remote) {
    int slash = text.indexOf('/');
    List<RemoteSnapshot> candidates =
        slash < 0 ? ofThisMachine(listing, remote) : ofNamespace(listing, text.substring(0, slash));
    String id = text.substring(slash + 1);
    return id.equals(SnapshotMatch.LATEST)
        ? latest(candidates, remote).orElseThrow(() -> none(candidates, remote))
        : match(remote).one(candidates, id);
  }

  /** Newer ones of the same machine that were not meant because they are damaged there. */
  public static List<RemoteSnapshot> passedOver(RemoteListing listing, RemoteSnapshot latest) {
    return listing.snapshots().stream()
        .filter(other -> Objects.equals(other.namespace(), latest.namespace()))
        .filter(other -> other.id().compareTo(latest.id()) > 0)
        .filter(other -> other.state() == SnapshotState.DAMAGED)
        .toList();
  }

  /** Of the original's snapshots no listing tells whether they are complete. */
  private static Optional<RemoteSnapshot> latest(List<RemoteSnapshot> candidates, String remote) {
    return match(remote)
        .latest(candidates)
        .or(
            () ->
                candidates.stream()
                    .filter(RemoteSnapshot::isOriginal)
                    .filter(snapshot -> snapshot.state() == SnapshotState.UNKNOWN)
                    .findFirst());
  }

  /** Those that the original Python work-buddy pushed do not say whose they are. */
  private static List<RemoteSnapshot> ofThisMachine(RemoteListing listing, String remote) {
    if (!listing.ours().isEmpty()) {
      Set<SnapshotId> own =
          listing.ours().stream().map(RemoteSnapshot::id).collect(Collectors.toSet());
      return listing.snapshots().stream()
          .filter(found -> found.ours() || (found.isOriginal() && !own.contains(found.id())))
          .toList();
    }
    Set<String> namespaces =
        listing.snapshots().stream()
            .flatMap(snapshot -> Stream.ofNullable(snapshot.namespace()))
            .collect(Collectors.toCollection(TreeSet::new));
    if (namespaces.size() > 1) {
      throw new BackupException(
          ErrorCode.SNAPSHOT_ID_AMBIGUOUS,
          "%s has snapshots of several machines, none of this one: %s"
              .formatted(remote, String.join(", ", namespaces)),
          "Name the machine: %s/latest.".formatted(namespaces.iterator().next()));
    }
    return listing.snapshots();
  }

  private static List<RemoteSnapshot> ofNamespace(RemoteListing listing, String namespace) {
    return listing.snapshots().stream()
        .filter(snapshot -> namespace.equals(snapshot.namespace()))
        .toList();
  }

  private static BackupException none(List<RemoteSnapshot> candidates, String remote) {
    String words = "there is no usable snapshot in " + remote;
    return candidates.stream()
        .filter(snapshot -> snapshot.state() == SnapshotState.DAMAGED)
        .findFirst()
        .map(
            newest ->
                new BackupException(
                    ErrorCode.REMOTE_DAMAGED,
                    "%s: %s is damaged or unfinished there".formatted(words, newest.id()),
                    RemoteListing.hint(remote)))
        .orElseGet(
            () ->
                new BackupException(
                    ErrorCode.SNAPSHOT_NOT_FOUND, words, RemoteListing.hint(remote)));
  }
}
