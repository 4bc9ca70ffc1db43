package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Identity;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The data root that pushes. Several may push into one place, from machines and directories of the
 * same name; its mark, visible in a listing, tells their snapshots apart.
 *
 * @param mark eight hexadecimal digits: those of its identity; as long as it has none, the same for
 *     the same directory of a machine of the same name
 * @param words which directory of which machine, for people
 * @param identity null as long as it has none
 */
public record Origin(String mark, String words, @Nullable Identity identity) {
  private static final Pattern FILE = Pattern.compile("ORIGIN-([0-9a-f]{8})\\.txt");

  /** What to do where two data roots use one namespace. */
  private static final String GIVE_EACH_A_NAMESPACE =
      "Set backups.namespace in the configuration of each data root, a different one in each.";

  private static final int DIGITS = 8;

  /** A data root that has no identity yet; an absolute path. */
  public static Origin of(String host, Path dataRoot) {
    String words = words(host, dataRoot);
    return new Origin(Checksums.mark(words, DIGITS), words, null);
  }

  /** A data root that has one. */
  public static Origin of(Identity identity, String host, Path dataRoot) {
    return new Origin(identity.mark(), words(host, dataRoot), identity);
  }

  private static String words(String host, Path dataRoot) {
    return dataRoot.normalize() + " on " + host;
  }

  /**
   * Whether a copy is this data root's.
   *
   * @param other the mark that it carries; null where it carries none
   * @param near whether it is where this data root's own are to be expected
   */
  boolean owns(@Nullable String other, SnapshotId id, boolean near) {
    if (other == null) {
      return near && (identity == null || identity.ownsCopy(null, id));
    }
    return identity == null ? mark.equals(other) : identity.ownsCopy(other, id);
  }

  /** The answer where another data root's snapshot has the name that this one's should get. */
  public <T> RemoteResult<T> refuses(SnapshotId id, String place, String namespace) {
    return RemoteResult.failed(
        RemoteFault.REFUSED,
        "%s has another snapshot %s, of another data root, in the namespace %s"
            .formatted(place, id, namespace),
        GIVE_EACH_A_NAMESPACE);
  }

  /** The file beside a snapshot's that says where it is from, by its name. */
  public String fileName() {
    return "ORIGIN-" + mark + ".txt";
  }

  public byte[] document() {
    return (words + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The mark in a file's name; empty for other files. */
  public static Optional<String> mark(String fileName) {
    return Optional.of(FILE.matcher(fileName)).filter(m -> m.matches()).map(m -> m.group(1));
  }
}
