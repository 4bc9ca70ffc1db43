package dev.workbuddy.backup.io;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Symbolic links in the place of a directory of the program's own. A user may keep it elsewhere;
 * but root must not be led into a directory by whoever owns the data.
 */
public final class TrustedLinks {
  private static final long ROOT = 0;

  private TrustedLinks() {}

  /**
   * Returns where the path is no link, where its owner is root, or where this process is not root's
   * and so cannot do more than its own user may.
   *
   * @throws BackupException {@code data-root-unusable}
   */
  public static void require(Path path) throws IOException {
    if (isForeign(path)) {
      throw new BackupException(
          ErrorCode.DATA_ROOT_UNUSABLE,
          "%s is a link of %s, which root does not follow"
              .formatted(path, Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName()),
          "Run wb-backup as that user; or, if the link is right, give it to root: chown -h root "
              + path);
    }
  }

  /** Whether the path is a link that this process must not follow. */
  public static boolean isForeign(Path path) throws IOException {
    return Files.isSymbolicLink(path) && isRoot() && !isOfRoot(path);
  }

  static boolean isRoot() {
    Optional<Long> user = LibC.find("geteuid").map(geteuid -> geteuid.call());
    return user.filter(id -> id == ROOT).isPresent();
  }

  private static boolean isOfRoot(Path link) throws IOException {
    Object owner = Files.getAttribute(link, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    return ((Number) owner).longValue() == ROOT;
  }
}
