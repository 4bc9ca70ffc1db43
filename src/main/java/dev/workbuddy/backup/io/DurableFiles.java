package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The one place where data on disk changes: write under a temporary name, sync, rename, sync the
 * directory. After a power cut a file written here is either the old one or the new one, whole.
 */
public final class DurableFiles {
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final FileAttribute<?>[] PRIVATE_FILE = onlyForOwner("rw-------");
  private static final FileAttribute<?>[] PRIVATE_DIRECTORY = onlyForOwner("rwx------");

  private DurableFiles() {}

  /**
   * Replaces the file's content, or creates it, for this user alone. Its directory must exist. A
   * link in the file's place is replaced, and not followed.
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, PRIVATE_FILE, DurableFiles::giveToOwnerOfDirectory);
  }

  /**
   * What root makes among somebody's files becomes theirs with all that is in it, so that they can
   * go on with it. Nothing changes for other users.
   */
  public static void giveToOwnerOfDirectory(Path made) throws IOException {
    if (!TrustedLinks.isRoot()) {
      return;
    }
    FileMetadata metadata = new FileMetadata(parent(made));
    for (Path path : FileTrees.list(made).reversed()) {
      metadata.giveAway(parent(made), path);
    }
  }

  /** Like {@link #write}, but for whoever this user's new files are for. */
  public static void writeForOthers(Path file, byte[] content) throws IOException {
    write(file, content, new FileAttribute<?>[0], _ -> {});
  }

  /** Like {@link #write}, but owner and permissions of the file stay what they are. */
  public static void replace(Path file, byte[] content) throws IOException {
    FileMetadata metadata = new FileMetadata(parent(file));
    write(file, content, PRIVATE_FILE, temporary -> metadata.carry(file, temporary));
  }

  @FunctionalInterface
  private interface Finish {
    void of(Path temporary) throws IOException;
  }

  private static void write(Path file, byte[] content, FileAttribute<?>[] attributes, Finish finish)
      throws IOException {
    TrustedLinks.require(parent(file));
    Path temporary = freeName(file);
    try {
      writeNew(temporary, content, attributes);
      finish.of(temporary);
      rename(temporary, file);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Where something is in the way that is no file, another name serves as well. */
  private static Path freeName(Path file) throws IOException {
    Path usual = file.resolveSibling(file.getFileName() + ".tmp");
    if (!Files.isDirectory(usual, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(usual);
      return usual;
    }
    return file.resolveSibling(
        "%s.%d.tmp".formatted(file.getFileName(), ProcessHandle.current().pid()));
  }

  /** What somebody else puts there in the meantime is not opened. */
  private static void writeNew(Path file, byte[] content, FileAttribute<?>[] attributes)
      throws IOException {
    Set<StandardOpenOption> asNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, asNew, attributes)) {
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
    TrustedLinks.require(parent(directory));
    Files.createDirectory(directory, PRIVATE_DIRECTORY);
    syncDirectory(parent(directory));
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

  /**
   * Deletes a file or a whole directory tree, and never what a link leads to; what is not there is
   * no error.
   *
   * @throws IOException for the first that cannot be deleted, after everything else is gone
   */
  public static void deleteTree(Path root) throws IOException {
    new TreeRemoval().of(root);
  }

  /**
   * Like {@link #deleteTree}, where a rest is in nobody's way.
   *
   * @return what could not be deleted, in words for the user; empty where nothing is left
   */
  public static Optional<String> tryDeleteTree(Path root) {
    try {
      deleteTree(root);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("%s could not be removed: %s".formatted(root, IoMessages.of(e)));
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

  /** For opening a new file that only its owner may read, whatever the umask. */
  public static FileAttribute<?>[] privateFile() {
    return PRIVATE_FILE.clone();
  }

  private static FileAttribute<?>[] onlyForOwner(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
