package dev.workbuddy.backup.remote;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All files below a folder. Files may come and go meanwhile; what other users keep private outside
 * of our namespace is not ours to see.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
  private final Path root;
  private final Path ours;
  private final List<FolderStore.Entry> found = new ArrayList<>();

  private FolderWalk(Path root, Path ours) {
    this.root = root;
    this.ours = ours;
  }

  static List<FolderStore.Entry> below(Path folder, Path root, Path ours) throws IOException {
    FolderWalk walk = new FolderWalk(root, ours);
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(folder, walk);
    }
    return List.copyOf(walk.found);
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      String path = root.relativize(file).toString().replace(File.separatorChar, '/');
      found.add(new FolderStore.Entry(path, attributes.size()));
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    boolean notOurs = failure instanceof AccessDeniedException && !isOurs(file);
    if (notOurs || failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
      throws IOException {
    if (failure == null || failure instanceof NoSuchFileException) {
      return FileVisitResult.CONTINUE;
    }
    throw failure;
  }

  private boolean isOurs(Path file) {
    return file.equals(root) || file.startsWith(ours);
  }
}
