package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.SentBytes;
import dev.workbuddy.backup.remote.SnapshotFiles;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.util.List;

/**
 * Brings files of one snapshot into a store, by way of a folder with a name of its own where the
 * store renames.
 */
final class FolderUploader {
  private final FolderStore store;
  private final RemoteContext context;
  private final SnapshotId id;
  private final SentBytes sent;
  private final Progress progress;

  /**
   * @param sent where is noted what gets there
   */
  FolderUploader(
      FolderStore store, RemoteContext context, SnapshotId id, SentBytes sent, Progress progress) {
    this.store = store;
    this.sent = sent;
    this.context = context;
    this.id = id;
    this.progress = progress;
  }

  /** A folder that nobody uses, which says by its name who sends its files, and since when. */
  Passing passing() {
    return Passing.of(context, id);
  }

  String partialName(String name) {
    return TemporaryName.name(name, context.clock().instant(), context.random());
  }

  /** Sends files into a folder that may be in use; as many as can appear there at once. */
  RemoteResult<String> sendBeside(List<Piece> pieces, String folder) throws InterruptedException {
    if (!store.renames()) {
      return send(pieces, folder);
    }
    String passing = passing().path();
    return orTakenAway(passing, send(pieces, passing)).then(_ -> store.moveFolder(passing, folder));
  }

  /** Sends files straight into a folder. */
  RemoteResult<String> send(List<Piece> pieces, String folder) throws InterruptedException {
    for (List<Piece> batch : SnapshotFiles.batches(pieces)) {
      progress.step("sending %s to %s".formatted(id, store.name()));
      try (UploadBatch bundle = UploadBatch.of(batch, context.scratch())) {
        if (store.put(bundle, folder, progress) instanceof Failed<String> failed) {
          return failed;
        }
        sent.add(id, bundle.bytes());
      } catch (IOException e) {
        return RemoteResult.failed(
            RemoteFault.FAILED,
            "%s cannot be read here: %s".formatted(id, e.getMessage()),
            "`wb-backup verify` shows whether the snapshot is sound.");
      }
    }
    return RemoteResult.ok(folder);
  }

  /** What did not get through is taken away, where the way is still open. */
  <T> RemoteResult<T> orTakenAway(String passing, RemoteResult<T> result)
      throws InterruptedException {
    if (result instanceof Failed<T> failed && !failed.retryable()) {
      var _ = store.deleteFolder(passing);
    }
    return result;
  }
}
