package dev.workbuddy.backup.remote;

import java.nio.file.Path;
import java.util.Optional;

/** Makes the remotes that keep each snapshot in a folder of its own. */
public final class FolderRemotes {
  private FolderRemotes() {}

  /**
   * Whatever rclone reaches.
   *
   * @param remote for example {@code b2:bucket/path}
   */
  public static Remote rclone(String remote, RemoteContext context) {
    return new FolderRemote(new RcloneStore(remote, context), context);
  }

  /**
   * Another directory.
   *
   * @param path absolute
   * @param marker a file that must be there, relative to the directory
   */
  public static Remote directory(Path path, Optional<String> marker, RemoteContext context) {
    return new FolderRemote(new DirectoryStore(path, marker, context.namespace()), context);
  }
}
