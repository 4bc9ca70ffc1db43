package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Directory trees, to be compared and copied. */
final class Tree {
  private Tree() {}

  /** Every path below the root with its kind, permissions, owner and content. */
  static Map<String, String> of(Path root) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return tree;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        tree.put(root.relativize(path).toString(), describe(path));
      }
    }
    return tree;
  }

  private static String describe(Path path) throws IOException {
    String access =
        Objects.toString(Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS))
            + " "
            + Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
            + " ";
    if (Files.isSymbolicLink(path)) {
      return access + "-> " + Files.readSymbolicLink(path);
    }
    return access + (Files.isDirectory(path) ? "directory" : Checksums.sha256(path));
  }

  /** The file's identity: two names of one file have the same. */
  static Object identity(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(
            path,
            to.resolve(from.relativize(path).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
