package dev.workbuddy.backup.remote.directory;

import dev.workbuddy.backup.io.TrustedLinks;
import dev.workbuddy.backup.remote.folder.FolderStore;
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

  /** A folder that is a link is walked as well, under its own name; links below it are not. */
  static List<FolderStore.Entry> below(Path folder, Path root, Path ours) throws IOException {
    FolderWalk walk = new FolderWalk(root, ours);
    walk.into(folder);
    return List.copyOf(walk.found);
  }

  private void into(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    FolderWalk behind = new FolderWalk(folder.toRealPath(), ours);
    Files.walkFileTree(behind.root, behind);
    String prefix = relative(folder);
    for (FolderStore.Entry entry : behind.found) {
      String path = prefix.isEmpty() ? entry.path() : prefix + "/" + entry.path();
      found.add(new FolderStore.Entry(path, entry.bytes()));
    }
  }

  private String relative(Path path) {
    return root.relativize(path).toString().replace(File.separatorChar, '/');
  }

  /** Namespaces may be links: somebody may have given one a disk of its own. */
  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isRegularFile()) {
      found.add(new FolderStore.Entry(relative(file), attributes.size()));
    } else if (attributes.isSymbolicLink() && root.equals(file.getParent())) {
      followed(file);
    }
    return FileVisitResult.CONTINUE;
  }

  private void followed(Path link) throws IOException {
    if (!TrustedLinks.isForeign(link)) {
      into(link);
    }
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
