package dev.workbuddy.backup.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose history it is: what tells the snapshots of one data root from those of every other,
 * whatever its path and its machine are called.
 *
 * @param identity 32 hexadecimal digits, random, made once
 * @param takenOver what this data root's snapshots carry from before it went on with another's
 *     history, as a person wanted
 * @param earlier its snapshots from before there were identities; null where it has none
 * @param home where the data root was when it was last seen; null where nobody has looked yet
 * @param since from when on each of its snapshots was taken here; null where that is not known
 */
public record Identity(
    String identity,
    List<Former> takenOver,
    @Nullable Earlier earlier,
    @Nullable Home home,
    @Nullable Instant since) {
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern MARK_SHAPE = Pattern.compile("[0-9a-f]{8}");
  private static final int MARK_DIGITS = 8;

  /**
   * Snapshots that carry no identity.
   *
   * @param origin the mark that their copies elsewhere carry instead; others may carry it as well
   * @param snapshots those that were here when this data root got its identity
   */
  public record Earlier(String origin, List<String> snapshots) {
    public Earlier {
      requireShape(MARK_SHAPE, origin);
      snapshots = List.copyOf(snapshots);
    }

    private boolean has(SnapshotId id) {
      return snapshots.contains(id.toString());
    }
  }

  /**
   * What this data root was before it went on with another's history.
   *
   * @param mark what its snapshots carry
   * @param after they come after the snapshot of this history that has this place in its order
   */
  public record Former(String mark, long after) {
    public Former {
      requireShape(MARK_SHAPE, mark);
    }
  }

  public Identity {
    requireShape(SHAPE, identity);
    takenOver = List.copyOf(takenOver);
  }

  private static void requireShape(Pattern shape, String text) {
    if (!shape.matcher(text).matches()) {
      throw new IllegalArgumentException("it is not an identity, or not the mark of one");
    }
  }

  /** Whether a text could be one. */
  static boolean isOne(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** How an identity shows in names: its first eight digits. */
  public static String markOf(String identity) {
    return identity.substring(0, MARK_DIGITS);
  }

  public String mark() {
    return markOf(identity);
  }

  /** Whether snapshots with that mark are this history's. */
  public boolean isMark(String other) {
    return mark().equals(other) || takenOver.stream().anyMatch(was -> was.mark().equals(other));
  }

  /**
   * The place of a snapshot that is here in the order in which this history's were taken; 0 where
   * it carries none, -1 where it is not this history's.
   */
  public long turn(StoredSnapshot snapshot) {
    if (!owns(snapshot)) {
      return -1;
    }
    Optional<Manifest> manifest = snapshot.readManifest();
    String written = manifest.map(Manifest::identity).map(Identity::markOf).orElse("");
    long sequence = manifest.map(Manifest::sequence).orElse(0L);
    long after =
        takenOver.stream()
            .filter(was -> was.mark().equals(written))
            .mapToLong(Former::after)
            .findFirst()
            .orElse(0);
    return after + sequence;
  }

  /** Whether a snapshot that is here was taken for this history. */
  public boolean owns(StoredSnapshot snapshot) {
    Optional<String> written = snapshot.readManifest().map(Manifest::identity);
    return written.isPresent()
        ? isMark(markOf(written.get()))
        : earlier != null && earlier.has(snapshot.id());
  }

  /**
   * Whether a copy elsewhere is one of this history's.
   *
   * @param origin the mark that it carries; null where it carries none
   */
  public boolean ownsCopy(@Nullable String origin, SnapshotId id) {
    boolean isEarlier =
        earlier != null && earlier.has(id) && (origin == null || origin.equals(earlier.origin()));
    return isEarlier || (origin != null && isMark(origin));
  }

  /**
   * This data root, going on with another's history.
   *
   * @param last the highest place in that one's order that is known
   * @param now from when on its snapshots are taken here
   */
  public Identity goingOnWith(String otherIdentity, long last, Instant now) {
    List<Former> was =
        Stream.concat(takenOver.stream(), Stream.of(new Former(mark(), 0)))
            .filter(former -> !former.mark().equals(markOf(otherIdentity)))
            .map(former -> new Former(former.mark(), former.after() + last))
            .toList();
    return new Identity(otherIdentity, was, earlier, home, now);
  }

  /** Notes the place at which it was seen. */
  public Identity at(Home place) {
    return new Identity(identity, takenOver, earlier, place, since);
  }
}
