package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Another directory: a second disk, a mounted share. */
final class DirectoryStore implements FolderStore {
  private static final int BUFFER = 1 << 18;
  private static final int LONGEST_SMALL_FILE = 1 << 20;
  private static final long SPARE_BYTES = 1L << 20;

  private final Path root;
  private final Optional<String> marker;
  private final String namespace;

  /**
   * @param marker a file that must be there, relative to the root
   */
  DirectoryStore(Path root, Optional<String> marker, String namespace) {
    this.root = root;
    this.marker = marker;
    this.namespace = namespace;
  }

  @Override
  public String name() {
    return "directory:" + root;
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    return attempt("use", this::requireThere)
        .map(_ -> new Readiness(root + " is there", List.of()));
  }

  private Path requireThere() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new DiskCalls.Unusable(
          RemoteFault.NOT_FOUND,
          root + " is not there",
          "Mount its disk, or create it if this is where copies should go.");
    }
    if (marker.isPresent() && !Files.exists(root.resolve(marker.get()))) {
      throw new DiskCalls.Unusable(
          RemoteFault.REFUSED,
          "%s does not hold %s, so its disk does not seem to be mounted"
              .formatted(root, marker.get()),
          "Mount its disk; or create the file %s there once the right disk is mounted."
              .formatted(marker.get()));
    }
    return root;
  }

  @Override
  public RemoteResult<List<Entry>> list(String folder) throws InterruptedException {
    return attempt(
        "list",
        () -> FolderWalk.below(requireThere().resolve(folder), root, root.resolve(namespace)));
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
  public RemoteResult<String> put(Bundle bundle, String folder, Progress progress)
      throws InterruptedException {
    return attempt(
        "write " + folder + " in",
        () -> {
          Path target = requireThere().resolve(folder);
          createFolders(target);
          requireRoom(bundle.bytes());
          for (Piece piece : bundle.pieces()) {
            try (InputStream content = piece.open()) {
              copy(content, target.resolve(piece.name()), progress, piece.bytes());
            }
          }
          DurableFiles.syncDirectory(target);
          return folder;
        });
  }

  private void createFolders(Path folder) throws IOException {
    if (!folder.equals(root) && !Files.isDirectory(folder)) {
      createFolders(DurableFiles.parent(folder));
      DurableFiles.createPrivateDirectory(folder);
    }
  }

  private void requireRoom(long bytes) throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    if (free < bytes + SPARE_BYTES) {
      throw new DiskCalls.Unusable(
          RemoteFault.QUOTA,
          "%s has %s left where %s are needed"
              .formatted(root, Space.text(free), Space.text(bytes + SPARE_BYTES)),
          "Free some space there, or let retention keep less.");
    }
  }

  private static void copy(InputStream content, Path target, Progress progress, long total)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    try (FileChannel channel =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        done += read;
        progress.advance(done, total);
      }
      channel.force(true);
    }
  }

  @Override
  public RemoteResult<byte[]> read(String path) throws InterruptedException {
    return attempt(
        "read " + path + " in",
        () -> {
          try (InputStream content = Files.newInputStream(requireThere().resolve(path))) {
            return content.readNBytes(LONGEST_SMALL_FILE);
          }
        });
  }

  @Override
  public RemoteResult<String> move(String from, String to) throws InterruptedException {
    return attempt(
        "rename " + from + " in",
        () -> {
          DurableFiles.rename(requireThere().resolve(from), root.resolve(to));
          return to;
        });
  }

  @Override
  public RemoteResult<String> moveFolder(String from, String to) throws InterruptedException {
    return attempt(
        "rename " + from + " in",
        () -> {
          Path source = requireThere().resolve(from);
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

  @Override
  public RemoteResult<String> delete(String path) throws InterruptedException {
    return attempt(
        "delete " + path + " in",
        () -> {
          Path file = requireThere().resolve(path);
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
          DurableFiles.deleteTree(requireThere().resolve(path));
          return path;
        });
  }

  @Override
  public RemoteResult<Path> download(String path, long bytes, Path target, Progress progress)
      throws InterruptedException {
    return attempt(
        "read " + path + " in",
        () -> {
          try (InputStream content = Files.newInputStream(requireThere().resolve(path))) {
            copy(content, target, progress, bytes);
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
      Path file = requireThere().resolve(content.folder()).resolve(piece.name());
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
