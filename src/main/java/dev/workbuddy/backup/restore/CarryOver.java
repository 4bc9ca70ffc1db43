package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.sqlite.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
    List<String> files = new ArrayList<>();
    if (Files.isDirectory(live)) {
      try (Stream<Path> tree = Files.walk(live)) {
        tree.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
            .map(this::relative)
            .filter(name -> !replaced.contains(name))
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  /** Gives the files their second name, and the new directories the old ones' permissions. */
  void into(Path staging) throws IOException {
    directories(staging);
    for (String file : files()) {
      linkOrCopy(live.resolve(file), staging.resolve(file));
    }
  }

  private void directories(Path staging) throws IOException {
    if (!Files.isDirectory(live)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(live)) {
      for (Path directory :
          tree.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList()) {
        Path counterpart = staging.resolve(live.relativize(directory).toString());
        Files.createDirectories(counterpart);
        FileModes.imitate(directory, counterpart);
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
