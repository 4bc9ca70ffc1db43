package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a staged directory's files look like, so that a write into one of them shows. */
final class FileFingerprints {
  private FileFingerprints() {}

  /**
   * Size and date of each file by its name below the directory. Left out is what only opening a
   * database makes: its {@code -shm}, and a {@code -wal} without content.
   */
  static Map<String, String> of(Path directory) throws IOException {
    Map<String, String> stamps = new TreeMap<>();
    for (Path file : FileTrees.list(directory)) {
      try {
        var attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory() && !isOnlyOfOpening(file, attributes)) {
          stamps.put(
              directory.relativize(file).toString(),
              attributes.size() + " " + attributes.lastModifiedTime());
        }
      } catch (NoSuchFileException vanished) {
        // It is not there.
      }
    }
    return stamps;
  }

  private static boolean isOnlyOfOpening(Path file, BasicFileAttributes attributes) {
    String name = file.getFileName().toString();
    return name.endsWith("-shm")
        || (name.endsWith("-wal") && attributes.size() == 0)
        || name.equals(SwapMarker.FILE_NAME);
  }

  /**
   * The files that were written since, but for those that the live directory has as well: a carried
   * file is one file under two names.
   */
  static List<String> written(Path staging, Map<String, String> before, Path live)
      throws IOException {
    Map<String, String> now = of(staging);
    now.entrySet().removeAll(before.entrySet());
    List<String> written = new ArrayList<>();
    for (String file : now.keySet()) {
      if (!isShared(staging.resolve(file), live.resolve(file))) {
        written.add(file);
      }
    }
    return written;
  }

  /** Whether the two are names of one file, or links that say the same, wherever that leads. */
  static boolean isShared(Path one, Path other) throws IOException {
    try {
      if (Files.isSymbolicLink(one) || Files.isSymbolicLink(other)) {
        return Files.isSymbolicLink(one)
            && Files.isSymbolicLink(other)
            && Files.readSymbolicLink(one).equals(Files.readSymbolicLink(other));
      }
      return Files.isSameFile(one, other);
    } catch (NoSuchFileException notBoth) {
      return false;
    }
  }
}
