package dev.workbuddy.backup.remote.directory;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.UserFile;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.folder.FolderContent;
import dev.workbuddy.backup.remote.folder.FolderStore;
import dev.workbuddy.backup.remote.folder.Passing;
import dev.workbuddy.backup.remote.folder.UploadBatch;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another directory: a second disk, a mounted share. */
public final class DirectoryStore implements FolderStore {
  private static final int LONGEST_SMALL_FILE = 1 << 20;

  private final Path root;
  private final TargetDirectory directory;
  private final String namespace;

  /**
   * @param marker a file that must be there, relative to the root
   */
  public DirectoryStore(Path root, Optional<String> marker, String namespace) {
    this.root = root;
    this.directory = new TargetDirectory(root, marker);
    this.namespace = namespace;
  }

  @Override
  public String name() {
    return "directory:" + root;
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    return attempt("use", directory::require)
        .map(_ -> new Readiness(root + " is there", List.of(), root));
  }

  @Override
  public boolean isBare() {
    try {
      return Files.getFileStore(root).equals(Files.getFileStore(root.toAbsolutePath().getRoot()));
    } catch (IOException unknown) {
      return false;
    }
  }

  @Override
  public RemoteResult<List<Entry>> list(String folder) throws InterruptedException {
    return attempt(
        "list", () -> FolderWalk.below(directory.resolve(folder), root, root.resolve(namespace)));
  }

  @Override
  public RemoteResult<List<Entry>> top() throws InterruptedException {
    return attempt(
        "list",
        () -> {
          List<Entry> files = new ArrayList<>();
          try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.require())) {
            for (Path entry : entries) {
              if (Files.isRegularFile(entry)) {
                files.add(new Entry(entry.getFileName().toString(), Files.size(entry)));
              }
            }
          }
          return files;
        });
  }

  @Override
  public boolean renames() {
    return true;
  }

  @Override
  public boolean movesFolders() {
    return true;
  }

  @Override
  public RemoteResult<String> put(UploadBatch batch, String folder, Progress progress)
      throws InterruptedException {
    return attempt(
        "write " + folder + " in",
        () -> {
          Path target = directory.resolve(folder);
          directory.createFolders(target);
          directory.requireRoom(batch.bytes());
          for (Piece piece : batch.pieces()) {
            try (InputStream content = piece.open()) {
              SyncedCopy.write(content, target.resolve(piece.name()), progress, piece.bytes());
            }
          }
          DurableFiles.syncDirectory(target);
          return folder;
        });
  }

  @Override
  public RemoteResult<byte[]> read(String path) throws InterruptedException {
    return attempt(
        "read " + path + " in",
        () -> {
          return new UserFile(directory.resolve(path), LONGEST_SMALL_FILE).bytes();
        });
  }

  @Override
  public RemoteResult<String> move(String from, String to) throws InterruptedException {
    return attempt(
        "rename " + from + " in",
        () -> {
          DurableFiles.rename(directory.resolve(from), root.resolve(to));
          return to;
        });
  }

  @Override
  public RemoteResult<String> moveFolder(String from, String to) throws InterruptedException {
    return attempt(
        "rename " + from + " in",
        () -> {
          Path source = directory.resolve(from);
          Path target = root.resolve(to);
          if (Files.exists(target)) {
            for (Path file : FileTrees.list(source)) {
              if (Files.isRegularFile(file)) {
                DurableFiles.rename(file, target.resolve(file.getFileName()));
              }
            }
            DurableFiles.deleteTree(source);
          } else {
            DurableFiles.rename(source, target);
          }
          return to;
        });
  }

  /** A rename takes no name that somebody has, so nobody need be asked before. */
  @Override
  public RemoteResult<Boolean> appear(Passing from, String to) throws InterruptedException {
    return attempt(
        "rename " + from.path() + " in",
        () -> {
          Path source = directory.resolve(from.path());
          Path target = root.resolve(to);
          if (holdsAnything(target)) {
            return false;
          }
          try {
            DurableFiles.rename(source, target);
            return true;
          } catch (FileSystemException e) {
            if (holdsAnything(target) && Files.exists(source)) {
              return false;
            }
            throw e;
          }
        });
  }

  private static boolean holdsAnything(Path folder) throws IOException {
    return Files.exists(folder) && !FileTrees.list(folder).isEmpty();
  }

  @Override
  public RemoteResult<String> delete(String path) throws InterruptedException {
    return attempt(
        "delete " + path + " in",
        () -> {
          Path file = directory.resolve(path);
          if (Files.deleteIfExists(file)) {
            DurableFiles.syncDirectory(DurableFiles.parent(file));
          }
          return path;
        });
  }

  @Override
  public RemoteResult<String> deleteFolder(String path) throws InterruptedException {
    return attempt(
        "delete " + path + " in",
        () -> {
          DurableFiles.deleteTree(directory.resolve(path));
          return path;
        });
  }

  @Override
  public RemoteResult<Path> download(String path, long bytes, Path target, Progress progress)
      throws InterruptedException {
    return attempt(
        "read " + path + " in",
        () -> {
          try (InputStream content = Files.newInputStream(directory.resolve(path))) {
            SyncedCopy.write(content, target, progress, bytes);
          }
          return target;
        });
  }

  @Override
  public RemoteResult<Compared> compare(String folder, List<Piece> pieces)
      throws InterruptedException {
    return list(folder)
        .then(found -> new FolderContent(folder, found).requireSizes(pieces, name()))
        .then(content -> attempt("read back from", () -> readBack(content, pieces)));
  }

  private Compared readBack(FolderContent content, List<Piece> pieces) throws IOException {
    for (Piece piece : pieces) {
      Path file = directory.resolve(content.folder()).resolve(piece.name());
      if (!Checksums.sha256(file).equals(piece.sha256())) {
        throw new DiskCalls.Unusable(
            RemoteFault.DAMAGED,
            "%s does not hold what was sent".formatted(file),
            "Push it again; if it stays so, check that disk.");
      }
    }
    return new Compared(content, Proof.READ_BACK);
  }

  private <T> RemoteResult<T> attempt(String what, DiskCalls.Work<T> work)
      throws InterruptedException {
    return DiskCalls.attempt(what, root, work);
  }
}
