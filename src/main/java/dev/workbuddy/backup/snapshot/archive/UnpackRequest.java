package dev.workbuddy.backup.snapshot.archive;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What to unpack, and all that the tarball may contain.
 *
 * @param tarball the file to read; its compression is known by its content, not by its name
 * @param directory an existing directory that nobody else writes to
 * @param expected every file that must be in the tarball, with its size in bytes; the size is empty
 *     where it is not known
 * @param wanted those of {@code expected} to write; the others are read over, still checked
 * @param ignored names that may be there and are read over, each at most {@link
 *     #MAX_IGNORED_BYTES}; a name that is expected too counts as expected
 * @param maxBytesUnknown the limit in bytes for all files of unknown size together
 */
public record UnpackRequest(
    Path tarball,
    Path directory,
    Map<String, OptionalLong> expected,
    Set<String> wanted,
    Set<String> ignored,
    long maxBytesUnknown) {

  /** The size that an ignored file may have. */
  public static final long MAX_IGNORED_BYTES = 16L << 20;

  public UnpackRequest {
    expected = Map.copyOf(expected);
    wanted = Set.copyOf(wanted);
    ignored = Set.copyOf(ignored);
    if (!expected.keySet().containsAll(wanted)) {
      throw new IllegalArgumentException("wanted, but not expected in the tarball: " + wanted);
    }
  }
}
