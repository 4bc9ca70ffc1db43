package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Proof;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.folder.FolderContent;
import dev.workbuddy.backup.remote.folder.FolderStore.Compared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compares what a store holds with what was sent: by a checksum that the store computes, where it
 * has one; else by reading back.
 */
final class RcloneProof {
  private final RcloneListing listing;
  private final LocalSums sums;
  private final RcloneReadBack readBack;
  private final RcloneAddress address;

  RcloneProof(
      RcloneListing listing, LocalSums sums, RcloneReadBack readBack, RcloneAddress address) {
    this.listing = listing;
    this.sums = sums;
    this.readBack = readBack;
    this.address = address;
  }

  /**
   * Asks and compares.
   *
   * @param kind of the checksums that the store tells
   */
  RemoteResult<Compared> of(String folder, List<Piece> pieces, Optional<String> kind)
      throws InterruptedException {
    try {
      return kind.isPresent()
          ? sized(folder, pieces, kind).then(there -> told(there, kind.get(), pieces))
          : untold(folder, pieces);
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private RemoteResult<FolderContent> sized(
      String folder, List<Piece> pieces, Optional<String> kind) throws InterruptedException {
    return listing
        .in(folder, kind)
        .then(found -> new FolderContent(folder, found).requireSizes(pieces, address.name()));
  }

  /** What the store tells no checksum of is read back. */
  private RemoteResult<Compared> told(FolderContent there, String kind, List<Piece> pieces)
      throws InterruptedException {
    try {
      List<Piece> untold = new ArrayList<>();
      for (Piece piece : pieces) {
        Optional<String> theirs = there.sum(piece.name());
        if (theirs.isEmpty()) {
          untold.add(piece);
        } else if (!theirs.get().equalsIgnoreCase(kind + ":" + sums.of(piece, kind))) {
          return differs(address.name(), piece);
        }
      }
      return allOf(readBack.checks(there.folder(), untold))
          .map(_ -> new Compared(there, weakest(untold)));
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /** Asks for sizes and content side by side where no checksums are known. */
  private RemoteResult<Compared> untold(String folder, List<Piece> pieces)
      throws IOException, InterruptedException {
    try (ExecutorService beside = Executors.newCachedThreadPool()) {
      Future<RemoteResult<Integer>> content =
          beside.submit(() -> allOf(readBack.checks(folder, pieces)));
      try {
        RemoteResult<FolderContent> there = sized(folder, pieces, Optional.empty());
        if (!there.isOk()) {
          return there.map(_ -> new Compared(there.orThrow(), Proof.SAMPLE));
        }
        return content.get().map(_ -> new Compared(there.orThrow(), weakest(pieces)));
      } finally {
        content.cancel(true);
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static Proof weakest(List<Piece> readBack) {
    return readBack.stream().map(RcloneReadBack::proof).reduce(Proof.CHECKSUM, RcloneProof::weaker);
  }

  private static Proof weaker(Proof one, Proof other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static RemoteResult<Integer> allOf(List<Callable<RemoteResult<Piece>>> checks)
      throws IOException, InterruptedException {
    try (ExecutorService pool = Executors.newCachedThreadPool()) {
      for (Future<RemoteResult<Piece>> check : pool.invokeAll(checks)) {
        if (check.get() instanceof Failed<Piece> failed) {
          return failed.as();
        }
      }
      return RemoteResult.ok(checks.size());
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  static <T> Failed<T> unreadable(IOException error) {
    return RemoteResult.failed(
        RemoteFault.FAILED,
        "cannot compare with the files here: " + error.getMessage(),
        "`wb-backup verify` shows whether the snapshot is sound.");
  }

  static <T> Failed<T> differs(String store, Piece piece) {
    return RemoteResult.failed(
        RemoteFault.DAMAGED,
        "%s does not hold what was sent as %s".formatted(store, piece.name()),
        "Push it again; what is wrong is replaced.");
  }
}
