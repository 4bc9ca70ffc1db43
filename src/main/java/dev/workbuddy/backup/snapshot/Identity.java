package dev.workbuddy.backup.snapshot;

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
 * @param takenOver the marks of other histories that this one goes on with, as a person wanted
 * @param earlier its snapshots from before there were identities; null where it has none
 */
public record Identity(String identity, List<String> takenOver, @Nullable Earlier earlier) {
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

  public Identity {
    requireShape(SHAPE, identity);
    takenOver.forEach(mark -> requireShape(MARK_SHAPE, mark));
    takenOver = List.copyOf(takenOver);
  }

  private static void requireShape(Pattern shape, String text) {
    if (!shape.matcher(text).matches()) {
      throw new IllegalArgumentException("it is no identity, or no mark of one");
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
    return mark().equals(other) || takenOver.contains(other);
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

  /** The same history, going on with another one as well. */
  public Identity goingOnWith(String otherIdentity) {
    List<String> marks =
        Stream.concat(takenOver.stream(), Stream.of(mark()))
            .filter(mark -> !mark.equals(markOf(otherIdentity)))
            .distinct()
            .toList();
    return new Identity(otherIdentity, marks, earlier);
  }
}
