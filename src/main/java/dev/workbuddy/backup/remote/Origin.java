package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The data root that pushes. Two of them on one machine would share a namespace; its mark, visible
 * in a listing, tells their snapshots apart.
 *
 * @param mark eight hexadecimal digits; the same for the same directory of the same machine
 * @param words which directory of which machine, for people
 */
public record Origin(String mark, String words) {
  private static final Pattern FILE = Pattern.compile("ORIGIN-([0-9a-f]{8})\\.txt");

  /** What to do where two data roots use one namespace. */
  public static final String GIVE_EACH_A_NAMESPACE =
      "Set backups.namespace in the configuration of each data root, a different one in each.";

  private static final int DIGITS = 8;

  /** The mark of a data root; an absolute path. */
  public static Origin of(String host, Path dataRoot) {
    String words = dataRoot.normalize() + " on " + host;
    return new Origin(
        Checksums.sha256(words.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS), words);
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
  String fileName() {
    return "ORIGIN-" + mark + ".txt";
  }

  byte[] document() {
    return (words + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The mark in a file's name; empty for other files. */
  static Optional<String> mark(String fileName) {
    return Optional.of(FILE.matcher(fileName)).filter(m -> m.matches()).map(m -> m.group(1));
  }
}
