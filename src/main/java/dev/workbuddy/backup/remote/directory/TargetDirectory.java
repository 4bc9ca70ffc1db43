package dev.workbuddy.backup.remote.directory;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.io.TrustedLinks;
import dev.workbuddy.backup.outcome.RemoteFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory that copies go to. It must be there, and its disk mounted, before anything is read
 * or written.
 *
 * @param marker a file that must be there, relative to the root
 */
record TargetDirectory(Path root, Optional<String> marker) {
  private static final long SPARE_BYTES = 1L << 20;

  /** The root, if it can be used now. */
  Path require() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new DiskCalls.Unusable(
          RemoteFault.NOT_FOUND,
          root + " is not there",
          "Mount its disk, or create it if this is where copies should go.");
    }
    if (marker.isPresent() && !Files.exists(root.resolve(marker.get()))) {
      throw new DiskCalls.Unusable(
          RemoteFault.REFUSED,
          "%s does not hold %s, so its disk does not seem to be mounted"
              .formatted(root, marker.get()),
          "Mount its disk; or create the file %s there once the right disk is mounted."
              .formatted(marker.get()));
    }
    return root;
  }

  /** A path below the root, which must be usable. */
  Path resolve(String path) throws IOException {
    Path place = require();
    for (String name : path.split("/", -1)) {
      place = place.resolve(name);
      if (TrustedLinks.isForeign(place)) {
        throw new DiskCalls.Unusable(
            RemoteFault.REFUSED,
            place + " is another user's link, which root does not follow",
            "Look at it, then remove it.");
      }
    }
    return place;
  }

  /** Creates a folder below the root, and those above it, open to their owner alone. */
  void createFolders(Path folder) throws IOException {
    if (!folder.equals(root) && !Files.isDirectory(folder)) {
      createFolders(DurableFiles.parent(folder));
      DurableFiles.createPrivateDirectory(folder);
    }
  }

  /** Refuses what would fill the disk. */
  void requireRoom(long bytes) throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    if (free < bytes + SPARE_BYTES) {
      throw new DiskCalls.Unusable(
          RemoteFault.QUOTA,
          "%s has %s left where %s are needed"
              .formatted(root, Space.text(free), Space.text(bytes + SPARE_BYTES)),
          "Free some space there, or let retention keep less.");
    }
  }
}
