package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.remote.FolderStore.Compared;
import dev.workbuddy.backup.remote.RcloneStore.Summed;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
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
  private final RcloneStore store;
  private final LocalSums sums;
  private final RcloneReadBack readBack;

  RcloneProof(RcloneStore store, LocalSums sums, RcloneReadBack readBack) {
    this.store = store;
    this.sums = sums;
    this.readBack = readBack;
  }

  /**
   * Compares.
   *
   * @param found what the store was found to hold
   * @param kind of the checksums in it
   */
  RemoteResult<Compared> of(Summed found, Optional<String> kind, List<Piece> pieces)
      throws InterruptedException {
    try {
      Proof weakest = Proof.CHECKSUM;
      List<Piece> untold = new ArrayList<>();
      for (Piece piece : pieces) {
        String theirs = found.sum(piece.name());
        if (kind.isEmpty() || theirs == null) {
          untold.add(piece);
          weakest = weaker(weakest, RcloneReadBack.proof(piece));
        } else if (!sums.of(piece, kind.get()).equalsIgnoreCase(theirs)) {
          return differs(store.name(), piece);
        }
      }
      Proof proof = weakest;
      return allOf(readBack.checks(found.content().folder(), untold))
          .map(_ -> new Compared(found.content(), proof));
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  private static Proof weaker(Proof one, Proof other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static RemoteResult<Integer> allOf(List<Callable<RemoteResult<Piece>>> checks)
      throws IOException, InterruptedException {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
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
