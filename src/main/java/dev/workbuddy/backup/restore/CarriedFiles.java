package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileMetadata;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.SafeNames;
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
final class CarriedFiles {
  private final Path live;
  private final Set<String> replaced;

  /**
   * @param databases the databases that the swap replaces, relative to the live directory; the
   *     files beside them belong to them
   */
  CarriedFiles(Path live, List<String> databases) {
    this.live = live;
    this.replaced = new HashSet<>(databases);
    databases.forEach(database -> replaced.addAll(SideFiles.of(database)));
  }

  /** The files, relative to the live directory, with {@code /} between names; sorted. */
  List<String> files() throws IOException {
    return FileTrees.list(live).stream()
        .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .map(this::relative)
        .filter(name -> !replaced.contains(name) && !SafeNames.isOurs(name))
        .sorted()
        .toList();
  }

  /**
   * Gives the directories a counterpart, and the files that are still there a second name.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException {@code live-directory-mounted}: nothing is
   *     carried from one file system to another
   */
  void into(Path staging) throws IOException {
    MountsInTheWay.requireNone(live);
    for (Path directory : directories()) {
      Files.createDirectories(counterpart(directory, staging));
    }
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

  /**
   * Gives the directories below the new one the owners and permissions of the old ones, the deepest
   * first. The new owner of a directory may change what is in it from then on, so this comes last.
   *
   * @return what could not be given, in words for the user
   */
  List<String> describe(Path staging) throws IOException {
    FileMetadata metadata = new FileMetadata(DurableFiles.parent(staging));
    List<String> refused = new ArrayList<>();
    for (Path directory : directories().reversed()) {
      Path counterpart = counterpart(directory, staging);
      if (!directory.equals(live) && Files.exists(counterpart)) {
        refused.addAll(metadata.carry(directory, counterpart));
      }
    }
    return refused;
  }

  private List<Path> directories() throws IOException {
    return FileTrees.list(live).stream()
        .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  private Path counterpart(Path directory, Path staging) {
    return staging.resolve(live.relativize(directory).toString());
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
        new FileMetadata(DurableFiles.parent(to)).carry(from, to);
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
