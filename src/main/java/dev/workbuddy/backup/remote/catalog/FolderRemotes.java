package dev.workbuddy.backup.remote.catalog;

import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.directory.DirectoryStore;
import dev.workbuddy.backup.remote.folder.FolderRemote;
import dev.workbuddy.backup.remote.folder.FolderStore;
import dev.workbuddy.backup.remote.folder.PlaceMemory;
import dev.workbuddy.backup.remote.rclone.RcloneStore;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the remotes that keep each snapshot in a folder of its own. */
public final class FolderRemotes {
  private FolderRemotes() {}

  /**
   * Returns a remote that rclone reaches.
   *
   * @param remote for example {@code b2:bucket/path}
   */
  public static Remote rclone(String remote, RemoteContext context) {
    return new FolderRemote(new RcloneStore(remote, context), context, Optional.empty());
  }

  /**
   * Like {@link #rclone(String, RemoteContext)}, but requires the place to be that of earlier
   * pushes.
   */
  public static Remote rclone(String remote, RemoteContext context, PlaceMemory memory) {
    return new FolderRemote(new RcloneStore(remote, context), context, Optional.of(memory));
  }

  /**
   * Another directory.
   *
   * @param path absolute
   * @param marker a file that must be there, relative to the directory
   */
  public static Remote directory(Path path, Optional<String> marker, RemoteContext context) {
    return new FolderRemote(store(path, marker, context), context, Optional.empty());
  }

  /**
   * Like {@link #directory(Path, Optional, RemoteContext)}, but requires the place to be that of
   * earlier pushes, unless a marker of the user's own proves it.
   */
  public static Remote directory(
      Path path, Optional<String> marker, RemoteContext context, PlaceMemory memory) {
    Optional<PlaceMemory> used = marker.isPresent() ? Optional.empty() : Optional.of(memory);
    return new FolderRemote(store(path, marker, context), context, used);
  }

  private static FolderStore store(Path path, Optional<String> marker, RemoteContext context) {
    return new DirectoryStore(path, marker, context.namespace());
  }
}
