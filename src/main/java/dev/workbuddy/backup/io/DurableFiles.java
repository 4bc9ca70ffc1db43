package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one place where data on disk changes: write under a temporary name, sync, rename, sync the
 * directory. After a power cut a file written here is either the old one or the new one, whole.
 */
public final class DurableFiles {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private DurableFiles() {}

  /** Replaces the file's content, or creates it. Its directory must exist. */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      writeSynced(temporary, content);
      rename(temporary, file);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** The same for a file whose owner and permissions stay what they are. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(temporary);
      Files.createFile(temporary);
      FileModes.set(temporary, FileModes.PRIVATE);
      writeSynced(temporary, content);
      FileModes.imitate(file, temporary);
      rename(temporary, file);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static void writeSynced(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Renames atomically, replacing a file at the target, and makes the new name durable. */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(to));
    if (!parent(from).equals(parent(to))) {
      syncDirectory(parent(from));
    }
  }

  /** Creates a directory and its missing parents, each of them durably. */
  public static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = parent(directory);
    createDirectories(parent);
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
    }
    syncDirectory(parent);
  }

  /** Creates a directory that only its owner may read, where the file system knows owners. */
  public static void createPrivateDirectory(Path directory) throws IOException {
    Path parent = parent(directory);
    boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
    if (posix) {
      Files.createDirectory(directory, PRIVATE);
    } else {
      Files.createDirectory(directory);
    }
    syncDirectory(parent);
  }

  /** Flushes a file's content to the disk. */
  public static void syncFile(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes the names in a directory durable. Windows has no such call and does it by itself. */
  public static void syncDirectory(Path directory) throws IOException {
    if (WINDOWS) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes the names in a directory and in all directories below it durable. */
  public static void syncDirectories(Path root) throws IOException {
    for (Path path : FileTrees.list(root)) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        syncDirectory(path);
      }
    }
  }

  /** Deletes a file or a whole directory tree; what is not there is no error. */
  public static void deleteTree(Path root) throws IOException {
    for (Path path : FileTrees.list(root).reversed()) {
      Files.deleteIfExists(path);
    }
  }

  /** The directory that a path is in; a root has none and is refused. */
  public static Path parent(Path path) {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no parent directory: " + path);
    }
    return parent;
  }
}
