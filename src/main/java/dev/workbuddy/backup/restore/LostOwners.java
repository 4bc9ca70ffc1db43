package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose a file is that comes back and is not there any more: that of the files beside its place,
 * where they agree; else that of the directory.
 *
 * @param dataRoot is there even where the live directory is not
 */
record LostOwners(Path live, Path dataRoot) {

  /** A file or directory with the owner that something at this place below the live one gets. */
  Path modelFor(Path place) throws IOException {
    Path directory = DurableFiles.parent(place);
    while (!Files.isDirectory(directory) && directory.startsWith(live)) {
      directory = DurableFiles.parent(directory);
    }
    if (!directory.startsWith(live)) {
      return dataRoot;
    }
    List<Path> files = filesIn(directory);
    Set<UserPrincipal> owners = new HashSet<>();
    for (Path file : files) {
      owners.add(Files.getOwner(file, LinkOption.NOFOLLOW_LINKS));
    }
    return owners.size() == 1 ? files.getFirst() : directory;
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }
}
