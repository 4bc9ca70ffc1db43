package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotIdMatcher;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  /** Clocks of several machines differ a little. */
  private static final Duration TOLERANCE = Duration.ofMinutes(10);

  private final RemoteListing listing;
  private final String remote;
  private final String namespace;
  private final Instant now;

  /**
   * For one listing.
   *
   * @param remote its name
   * @param namespace the one that this data root wants
   * @param now snapshots that are dated after it are not the latest of anything
   */
  public RemoteFinder(RemoteListing listing, String remote, String namespace, Instant now) {
    this.listing = listing;
    this.remote = remote;
    this.namespace = namespace;
    this.now = now;
  }

  private SnapshotIdMatcher<RemoteSnapshot> match() {
    return new SnapshotIdMatcher<>(
        RemoteSnapshot::id, RemoteSnapshot::state, RemoteListing.hint(remote));
  }

  /**
   * The snapshot meant by the text.
   *
   * @throws BackupException where there is none, or more than one
   */
  public RemoteSnapshot find(String text) {
    int slash = text.indexOf('/');
    List<RemoteSnapshot> candidates =
        slash < 0 ? ofThisMachine() : ofNamespace(text.substring(0, slash));
    String id = text.substring(slash + 1);
    return id.equals(SnapshotIdMatcher.LATEST)
        ? latest(candidates).orElseThrow(() -> none(candidates))
        : match().one(candidates, id);
  }

  /** Newer ones of the same machine that were not meant because they are damaged there. */
  public static List<RemoteSnapshot> passedOver(RemoteListing listing, RemoteSnapshot latest) {
    return listing.snapshots().stream()
        .filter(other -> Objects.equals(other.namespace(), latest.namespace()))
        .filter(other -> other.id().compareTo(latest.id()) > 0)
        .filter(other -> other.state() == SnapshotState.DAMAGED)
        .toList();
  }

  /**
   * The newest that can be used and whose date can be true. Of the original's snapshots no listing
   * tells whether they are complete.
   */
  private Optional<RemoteSnapshot> latest(List<RemoteSnapshot> candidates) {
    requireOneHistory(candidates);
    List<RemoteSnapshot> dated =
        candidates.stream().filter(copy -> !copy.id().time().isAfter(now.plus(TOLERANCE))).toList();
    return latestOf(dated).or(() -> latestOf(candidates));
  }

  private Optional<RemoteSnapshot> latestOf(List<RemoteSnapshot> candidates) {
    return match()
        .latest(candidates)
        .or(
            () ->
                candidates.stream()
                    .filter(RemoteSnapshot::isOriginal)
                    .filter(snapshot -> snapshot.state() == SnapshotState.UNKNOWN)
                    .findFirst());
  }

  /** The newest of several data roots is nobody's latest. */
  private void requireOneHistory(List<RemoteSnapshot> candidates) {
    Map<String, RemoteSnapshot> newest = new LinkedHashMap<>();
    candidates.stream()
        .filter(copy -> !copy.ours() && copy.origin() != null)
        .forEach(copy -> newest.putIfAbsent(String.valueOf(copy.origin()), copy));
    if (newest.size() > 1) {
      throw new BackupException(
          ErrorCode.SNAPSHOT_ID_AMBIGUOUS,
          "%s has snapshots of several data roots under one name; their newest: %s"
              .formatted(
                  remote,
                  newest.values().stream()
                      .map(copy -> copy.namespace() + "/" + copy.id())
                      .collect(Collectors.joining(", "))),
          "Name one of them.");
    }
  }

  /** Those that the original Python work-buddy pushed do not say whose they are. */
  private List<RemoteSnapshot> ofThisMachine() {
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
          "%s has snapshots of several data roots, and none is known to be this one's: %s"
              .formatted(remote, String.join(", ", namespaces)),
          namespaces.contains(namespace)
              ? "Name one; this machine's name has %s/latest.".formatted(namespace)
              : "Name one, as NAME/latest.");
    }
    return listing.snapshots();
  }

  private List<RemoteSnapshot> ofNamespace(String name) {
    return listing.snapshots().stream()
        .filter(snapshot -> name.equals(snapshot.namespace()))
        .toList();
  }

  private BackupException none(List<RemoteSnapshot> candidates) {
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
