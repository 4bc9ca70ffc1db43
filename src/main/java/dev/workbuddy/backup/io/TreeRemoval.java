package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a directory tree, entry by entry through open directories where the system has them:
 * nobody can make it leave the tree by putting a link in a directory's place meanwhile. What is
 * mounted in the tree is not part of it. What cannot be deleted does not save the rest. For one
 * use.
 */
final class TreeRemoval {
  private static final int MOST_NAMED = 3;

  private Set<Path> mounted = Set.of();
  private @Nullable IOException first;
  private int others;

  /**
   * Deletes what is there under the name.
   *
   * @throws IOException for the first thing that could not be deleted; the next few are suppressed
   */
  void of(Path root) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(root, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException nothing) {
      return;
    }
    if (!attributes.isDirectory()) {
      Files.deleteIfExists(root);
      return;
    }
    mounted = mounted(root);
    try (DirectoryStream<Path> parent = Files.newDirectoryStream(DurableFiles.parent(root))) {
      if (parent instanceof SecureDirectoryStream<Path> secure) {
        delete(secure, root);
      } else {
        deleteByName(root);
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** In the words of the root's own path, whatever links lead there. */
  private static Set<Path> mounted(Path root) throws IOException {
    Set<Path> points = new HashSet<>();
    try {
      Path real = root.toRealPath();
      for (Path point : Mounts.below(root)) {
        points.add(root.resolve(real.relativize(point).toString()));
      }
      if (Mounts.isMountPoint(root)) {
        points.add(root);
      }
    } catch (NoSuchFileException gone) {
      // Nothing is mounted on what is not there.
    }
    return points;
  }

  private void requireUnmounted(Path path) throws IOException {
    if (mounted.contains(path)) {
      throw new FileSystemException(path.toString(), null, "something is mounted on it");
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Path path, Step step) {
    try {
      step.run();
    } catch (NoSuchFileException gone) {
      // That is what is wanted.
    } catch (IOException e) {
      IOException named = new FileSystemException(path.toString(), null, reason(e));
      if (first == null) {
        first = named;
      } else if (++others < MOST_NAMED) {
        first.addSuppressed(named);
      }
    }
  }

  /** Below an open directory the system names the last part of a path alone. */
  private static String reason(IOException error) {
    return switch (error) {
      case DirectoryNotEmptyException _ -> "it is not empty";
      case AccessDeniedException _ -> "not permitted";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> IoMessages.of(error);
    };
  }

  /**
   * Deletes one entry.
   *
   * @param directory the open directory that it is in
   * @param path its whole path, for messages
   */
  private void delete(SecureDirectoryStream<Path> directory, Path path) {
    Path name = path.getFileName();
    attempt(
        path,
        () -> {
          requireUnmounted(path);
          if (!isDirectory(directory, name)) {
            directory.deleteFile(name);
            return;
          }
          try (SecureDirectoryStream<Path> inside =
              directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            names(inside).forEach(entry -> delete(inside, path.resolve(entry)));
          }
          directory.deleteDirectory(name);
        });
  }

  private static boolean isDirectory(SecureDirectoryStream<Path> directory, Path name)
      throws IOException {
    return directory
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  private static List<Path> names(SecureDirectoryStream<Path> directory) {
    List<Path> names = new ArrayList<>();
    directory.forEach(entry -> names.add(entry.getFileName()));
    return names;
  }

  private void deleteByName(Path root) throws IOException {
    for (Path path : FileTrees.list(root).reversed()) {
      if (mounted.stream().noneMatch(point -> path.startsWith(point) && !path.equals(point))) {
        attempt(path, () -> Files.deleteIfExists(path));
      }
    }
  }
}
