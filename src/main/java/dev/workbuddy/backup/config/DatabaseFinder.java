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
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final Pattern NAMED_AS_DATABASE =
      Pattern.compile(".*\\.(db|db3|sqlite|sqlite3)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final char UNDECODABLE = '\uFFFD';
  private static final Set<String> SKIPPED = Set.of("backups", ".git", "node_modules");

  private DatabaseFinder() {}

  /**
   * The SQLite files below a directory. Links are not followed, and unreadable directories,
   * snapshots, left-overs of restores and directories nested deeper than 12 levels not entered.
   *
   * @throws IOException if the directory itself cannot be walked
   */
  public static FoundFiles find(Path directory) throws IOException {
    Search search = new Search(directory);
    Files.walkFileTree(directory, EnumSet.noneOf(FileVisitOption.class), DEEPEST, search);
    return new FoundFiles(
        search.found.stream().sorted(Comparator.comparing(FoundDatabase::path)).toList(),
        search.passedOver.stream().sorted(Comparator.comparing(ExcludedFile::path)).toList());
  }

  private static final class Search extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<FoundDatabase> found = new ArrayList<>();
    private final List<ExcludedFile> passedOver = new ArrayList<>();

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
      if (!PathRules.isCompanion(file.toString())) {
        Optional<String> obstacle = obstacle(file, attributes);
        if (obstacle.isPresent()) {
          passedOver.add(new ExcludedFile(relative(file), obstacle.get()));
        } else if (attributes.isRegularFile() && isDatabase(file)) {
          found.add(new FoundDatabase(relative(file), attributes.size()));
        }
      }
      return FileVisitResult.CONTINUE;
    }

    /** Why a file is no database of ours that somebody would take for one. */
    private static Optional<String> obstacle(Path file, BasicFileAttributes attributes) {
      if (attributes.isOther()) {
        return Optional.of("is a pipe, a socket or a device");
      }
      boolean database = isDatabase(file);
      if (attributes.isSymbolicLink()) {
        return database ? Optional.of("is a symbolic link") : Optional.empty();
      }
      if (database) {
        return file.toString().indexOf(UNDECODABLE) >= 0
            ? Optional.of("has a name that is not UTF-8")
            : Optional.empty();
      }
      if (!attributes.isRegularFile() || !isNamedAsDatabase(file.toString())) {
        return Optional.empty();
      }
      return Optional.of(
          attributes.size() == 0
              ? "is empty"
              : Files.isReadable(file)
                  ? "is no SQLite database, or an encrypted one"
                  : "cannot be read");
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

  /** Whether somebody would take a file for a database by its name. */
  public static boolean isNamedAsDatabase(String name) {
    return NAMED_AS_DATABASE.matcher(name).matches();
  }

  private static boolean isSkipped(String name) {
    return SKIPPED.contains(name) || PathRules.isMadeByRestore(name);
  }

  /** Only regular files are opened: reading a pipe would wait for somebody to write into it. */
  private static boolean isDatabase(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    } catch (IOException unreadable) {
      return false;
    }
  }
}
