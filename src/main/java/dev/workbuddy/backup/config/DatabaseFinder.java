package dev.workbuddy.backup.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Finds SQLite files by their first bytes, whatever their names end with. It reads the files
 * directly, so it must not run in a process that has one of them open with SQLite.
 */
public final class DatabaseFinder {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int DEEPEST = 12;
  private static final Set<String> SKIPPED = Set.of("backups", ".git", "node_modules");

  private DatabaseFinder() {}

  /**
   * The SQLite files below a directory, ordered by path. Links, unreadable directories, snapshots,
   * left-overs of restores and directories nested deeper than 12 levels are passed over.
   *
   * @throws IOException if the directory itself cannot be walked
   */
  public static List<FoundDatabase> find(Path directory) throws IOException {
    Search search = new Search(directory);
    Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), DEEPEST, search);
    return search.found.stream().sorted(Comparator.comparing(FoundDatabase::path)).toList();
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<FoundDatabase> found = new ArrayList<>();

    Search(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      return !directory.equals(root) && isSkipped(String.valueOf(directory.getFileName()))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()
          && !PathRules.isCompanion(file.toString())
          && isDatabase(file)) {
        found.add(new FoundDatabase(relative(file), attributes.size()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (file.equals(root)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    private String relative(Path file) {
      return StreamSupport.stream(root.relativize(file).spliterator(), false)
          .map(Path::toString)
          .collect(Collectors.joining("/"));
    }
  }

  private static boolean isSkipped(String name) {
    return SKIPPED.contains(name) || PathRules.isMadeByRestore(name);
  }

  private static boolean isDatabase(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
