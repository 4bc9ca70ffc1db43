package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.TimeLimits;
import dev.workbuddy.backup.remote.folder.FolderStore;
import dev.workbuddy.backup.remote.folder.Passing;
import dev.workbuddy.backup.remote.folder.UploadBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A folder store that {@code rclone} reaches. */
public final class RcloneStore implements FolderStore {
  private final RcloneAddress address;
  private final Rclone rclone;
  private final RcloneListing listing;
  private final LocalSums sums = new LocalSums();
  private final RcloneProof proof;
  private Optional<RcloneFeatures> known = Optional.empty();

  /**
   * @param base an rclone remote with its path, for example {@code b2:bucket/path}
   */
  public RcloneStore(String base, RemoteContext context) {
    this.address = new RcloneAddress(base);
    this.rclone = new Rclone(address.name(), context.scratch(), context.environment());
    this.listing = new RcloneListing(rclone, address);
    this.proof =
        new RcloneProof(listing, sums, new RcloneReadBack(address, rclone, context), address);
  }

  @Override
  public String name() {
    return address.name();
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    RemoteResult<String> version = rclone.run(TimeLimits.ofQuestion(), "version");
    if (version instanceof Failed<String> failed) {
      return failed.as();
    }
    String first = version.orThrow().lines().findFirst().orElse("rclone");
    return switch (rclone.run(
        TimeLimits.ofQuestion(), "lsjson", "--max-depth", "1", address.base())) {
      case Ok<String> _ ->
          RemoteResult.ok(
              new Readiness(
                  first + " reaches " + address.base(),
                  List.of(),
                  features().local().orElse(null)));
      case Failed<String> failed when failed.fault() == RemoteFault.NOT_FOUND ->
          RemoteResult.ok(
              new Readiness(
                  first + " reaches it",
                  List.of(address.base() + " is not there yet; the first push creates it")));
      case Failed<String> failed -> failed.as();
    };
  }

  private RcloneFeatures features() throws InterruptedException {
    if (known.isEmpty()) {
      known = Optional.of(RcloneFeatures.of(rclone, address.base()));
    }
    return known.get();
  }

  @Override
  public boolean renames() throws InterruptedException {
    return features().renames();
  }

  @Override
  public boolean movesFolders() throws InterruptedException {
    return features().movesFolders();
  }

  @Override
  public RemoteResult<List<Entry>> list(String folder) throws InterruptedException {
    return listing.below(folder, Optional.empty());
  }

  @Override
  public RemoteResult<List<Entry>> top() throws InterruptedException {
    return listing.in("", Optional.empty());
  }

  @Override
  public RemoteResult<List<Entry>> listWithSums(String folder) throws InterruptedException {
    return listing.below(folder, features().listedChecksum());
  }

  @Override
  public boolean listsSums() throws InterruptedException {
    return features().listedChecksum().isPresent();
  }

  /**
   * While rclone sends, the files are hashed here. Where the store tells checksums, rclone need not
   * ask for them as well: {@link #compare} does.
   */
  @Override
  public RemoteResult<String> put(UploadBatch batch, String folder, Progress progress)
      throws InterruptedException {
    Optional<String> kind = features().checksum();
    List<String> command =
        new ArrayList<>(
            List.of("copy", "--no-check-dest", batch.directory() + "", address.full(folder)));
    if (kind.isPresent()) {
      command.add("--ignore-checksum");
    }
    try (ExecutorService beside = Executors.newCachedThreadPool()) {
      Future<?> hashing =
          beside.submit(
              () -> {
                sums.read(batch.pieces(), kind);
                return true;
              });
      try {
        RemoteResult<String> result = rclone.transfer(batch.bytes(), progress, command);
        if (result.isOk()) {
          hashing.get();
        }
        return result;
      } finally {
        hashing.cancel(true);
      }
    } catch (ExecutionException e) {
      return RcloneProof.unreadable(new IOException(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public RemoteResult<byte[]> read(String path) throws InterruptedException {
    return rclone.run(TimeLimits.ofQuestion(), "cat", address.full(path)).map(Rclone::bytes);
  }

  /** Without the option, rclone takes a file there of the same size for the same file. */
  @Override
  public RemoteResult<String> move(String from, String to) throws InterruptedException {
    return rclone
        .run(
            TimeLimits.ofMoving(0),
            "moveto",
            "--ignore-times",
            address.full(from),
            address.full(to))
        .map(_ -> to);
  }

  @Override
  public RemoteResult<String> moveFolder(String from, String to) throws InterruptedException {
    return rclone
        .run(
            TimeLimits.ofMoving(0),
            "move",
            "--ignore-times",
            "--delete-empty-src-dirs",
            address.full(from),
            address.full(to))
        .map(_ -> to);
  }

  /** Who is on the way is seen in the namespace: of two who send at once, at most one goes on. */
  @Override
  public RemoteResult<Boolean> appear(Passing from, String to) throws InterruptedException {
    return listing
        .folders(from.namespace())
        .then(
            names -> {
              boolean taken = names.contains(from.id().toString());
              boolean rival =
                  names.stream()
                      .flatMap(name -> Passing.parse(from.namespace(), name).stream())
                      .anyMatch(other -> other.isRivalOf(from));
              return taken || rival
                  ? RemoteResult.ok(false)
                  : moveFolder(from.path(), to).map(_ -> true);
            });
  }

  @Override
  public RemoteResult<String> delete(String path) throws InterruptedException {
    String folder = path.substring(0, path.lastIndexOf('/'));
    RemoteResult<String> result =
        rclone.run(TimeLimits.ofQuestion(), "deletefile", address.full(path));
    return result.isOk() ? RemoteResult.ok(path) : unlessGone(result, folder, path);
  }

  @Override
  public RemoteResult<String> deleteFolder(String path) throws InterruptedException {
    RemoteResult<String> result = rclone.run(TimeLimits.ofQuestion(), "purge", address.full(path));
    return result.isOk() ? RemoteResult.ok(path) : unlessGone(result, path, path);
  }

  /** Each store complains in other words when there is nothing to delete; so it is asked. */
  private RemoteResult<String> unlessGone(RemoteResult<String> failure, String folder, String path)
      throws InterruptedException {
    boolean gone =
        list(folder) instanceof Ok<List<Entry>>(List<Entry> left)
            && left.stream().noneMatch(entry -> (entry.path() + "/").startsWith(path + "/"));
    return gone ? RemoteResult.ok(path) : failure;
  }

  /** The checksums of the snapshot say whether it came right; rclone need not ask the store. */
  @Override
  public RemoteResult<Path> download(String path, long bytes, Path target, Progress progress)
      throws InterruptedException {
    return rclone
        .transfer(
            bytes,
            progress,
            List.of("copyto", "--ignore-checksum", address.full(path), target.toString()))
        .then(_ -> sized(path, bytes, target));
  }

  private RemoteResult<Path> sized(String path, long bytes, Path target) {
    try {
      long here = Files.exists(target) ? Files.size(target) : 0;
      if (here == bytes) {
        return RemoteResult.ok(target);
      }
      return RemoteResult.failed(
          RemoteFault.DAMAGED,
          "%s: %d of %d bytes of %s came".formatted(name(), here, bytes, path),
          "Try again; or choose another place.");
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED, target + " cannot be read: " + e.getMessage(), "Check the disk.");
    }
  }

  @Override
  public RemoteResult<Compared> compare(String folder, List<Piece> pieces)
      throws InterruptedException {
    return proof.of(folder, pieces, features().checksum());
  }
}
