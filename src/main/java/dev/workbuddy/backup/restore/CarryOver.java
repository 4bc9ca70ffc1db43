package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.sqlite.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files of the live directory that a swap does not replace. They get a second name in the new
 * directory (a hard link, so that whoever has one open goes on with the same file); where the file
 * system has no links they are copied.
 */
final class CarryOver {
  private final Path live;
  private final Set<String> replaced;

  /**
   * @param databases the databases that the swap replaces, relative to the live directory; the
   *     files beside them belong to them
   */
  CarryOver(Path live, List<String> databases) {
    this.live = live;
    this.replaced = new HashSet<>(databases);
    databases.forEach(database -> replaced.addAll(SideFiles.of(database)));
  }

  /** The files, relative to the live directory, with {@code /} between names; sorted. */
  List<String> files() throws IOException {
    return FileTrees.list(live).stream()
        .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .map(this::relative)
        .filter(name -> !replaced.contains(name))
        .sorted()
        .toList();
  }

  /**
   * Gives the files that are still there their second name, and the new directories the old ones'
   * permissions.
   */
  void into(Path staging) throws IOException {
    directories(staging);
    for (String file : files()) {
      try {
        linkOrCopy(live.resolve(file), staging.resolve(file));
      } catch (NoSuchFileException e) {
        if (Files.exists(live.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
  }

  private void directories(Path staging) throws IOException {
    for (Path path : FileTrees.list(live)) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Path counterpart = staging.resolve(live.relativize(path).toString());
        Files.createDirectories(counterpart);
        FileModes.imitate(path, counterpart);
      }
    }
  }

  static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | IOException noLinks) {
      if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
        throw noLinks;
      }
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      if (Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
        DurableFiles.syncFile(to);
      }
    }
  }

  private String relative(Path path) {
    Path relative = live.relativize(path);
    List<String> names = new ArrayList<>();
    relative.forEach(name -> names.add(name.toString()));
    return String.join("/", names);
  }
}
