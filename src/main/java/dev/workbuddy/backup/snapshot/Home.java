package dev.workbuddy.backup.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a history lives.
 *
 * @param host the machine's name
 * @param path the directory of its snapshots
 * @param file what the file system calls that directory, whatever its path is; empty where it has
 *     no such name
 */
public record Home(String host, String path, String file) {

  /** That of a directory of this machine. */
  public static Home of(String host, Path directory) throws IOException {
    return new Home(host, directory.toAbsolutePath().normalize().toString(), inode(directory));
  }

  /** Without the device, whose number may change when a machine starts again. */
  private static String inode(Path directory) throws IOException {
    try {
      return String.valueOf(Files.getAttribute(directory, "unix:ino"));
    } catch (UnsupportedOperationException | IllegalArgumentException none) {
      return "";
    }
  }

  /**
   * Whether this is most likely the directory that was seen before, perhaps under another name: of
   * a machine that was renamed, or moved within its file system, or with a new disk under it. A
   * copy has another path and is another file.
   */
  public boolean isSameAs(Home before) {
    return Stream.of(
                host.equals(before.host()),
                path.equals(before.path()),
                !file.isEmpty() && Objects.equals(file, before.file()))
            .filter(same -> same)
            .count()
        >= 2;
  }

  /** For people. */
  public String words() {
    return path + " on " + host;
  }
}
