package dev.workbuddy.backup.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Swaps two directories in one step: {@code renameat2} with {@code RENAME_EXCHANGE}, which Linux
 * has on its common file systems. Both names exist and are whole at every instant.
 */
public final class DirectoryExchange {
  private static final int AT_FDCWD = -100;
  private static final int RENAME_EXCHANGE = 2;
  private static final int EPERM = 1;
  private static final int EACCES = 13;
  private static final int EBUSY = 16;
  private static final int EXDEV = 18;
  private static final int EINVAL = 22;
  private static final int ENOSYS = 38;
  private static final int EOPNOTSUPP = 95;

  private final LibC renameat2;

  private DirectoryExchange(LibC renameat2) {
    this.renameat2 = renameat2;
  }

  /** The system's exchange, or empty where the system has none. */
  public static Optional<DirectoryExchange> ofSystem() {
    return LibC.find("renameat2").map(DirectoryExchange::new);
  }

  /**
   * Exchanges the two names and makes the exchange durable.
   *
   * @return false, with nothing changed, where this file system cannot exchange
   * @throws IOException if the system refused for another reason, with nothing changed; or if the
   *     names were exchanged and the disk does not take that: then it may be lost at a power cut
   */
  public boolean exchange(Path one, Path other) throws IOException {
    int error = call(one, other);
    if (error == EINVAL || error == ENOSYS || error == EOPNOTSUPP) {
      return false;
    }
    if (error != 0) {
      throw new IOException("cannot exchange %s and %s: %s".formatted(one, other, words(error)));
    }
    DurableFiles.syncDirectory(DurableFiles.parent(one));
    DurableFiles.syncDirectory(DurableFiles.parent(other));
    return true;
  }

  private static String words(int error) {
    return switch (error) {
      case EBUSY, EXDEV -> "one of them is a mount point; both must lie on one file system";
      case EPERM, EACCES -> "not permitted";
      default -> "errno " + error;
    };
  }

  private int call(Path one, Path other) {
    try (Arena arena = Arena.ofConfined()) {
      long result =
          renameat2.call(
              AT_FDCWD,
              arena.allocateFrom(one.toString()),
              AT_FDCWD,
              arena.allocateFrom(other.toString()),
              RENAME_EXCHANGE);
      return (int) -result;
    }
  }
}
