package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.SentBytes;
import dev.workbuddy.backup.remote.SnapshotFiles;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.util.List;

/** Puts files into a store of folders: those of a snapshot, or a small one beside them. */
final class FolderPush {
  private final FolderStore store;
  private final RemoteContext context;
  private final SentBytes sent;

  /**
   * @param sent where is noted what gets there, until it is proven
   */
  FolderPush(FolderStore store, RemoteContext context, SentBytes sent) {
    this.store = store;
    this.sent = sent;
    this.context = context;
  }

  /** Sends one snapshot into its folder; what is there already and right is not sent again. */
  RemoteResult<Pushed> push(StoredSnapshot snapshot, FolderContent there, Progress progress)
      throws InterruptedException {
    try (SnapshotFiles files = SnapshotFiles.of(snapshot, context.scratch(), context.partBytes());
        PushNotes notes = PushNotes.of(snapshot, files.pieces(), context)) {
      return new FolderSend(
              store, context, snapshot, files.pieces(), notes.pieces(), sent, progress)
          .run(there);
    } catch (BackupException e) {
      return RemoteResult.failed(RemoteFault.FAILED, e.text(), e.hint());
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "%s cannot be read here: %s".formatted(snapshot.id(), e.getMessage()),
          "`wb-backup verify` shows whether the snapshot is sound.");
    }
  }

  /** Puts a small file in place, whole or not at all. */
  RemoteResult<String> write(String folder, String name, byte[] content)
      throws InterruptedException {
    return new SmallFile(name, content).send(context, piece -> place(piece, folder));
  }

  /** Sends a file under a name of its own, then renames it. */
  private RemoteResult<String> place(Piece piece, String folder)
      throws IOException, InterruptedException {
    String partial = TemporaryName.name(piece.name(), context.clock().instant(), context.random());
    try (UploadBatch batch = UploadBatch.of(List.of(piece.named(partial)), context.scratch())) {
      return store
          .put(batch, folder, Progress.silent())
          .then(_ -> store.move(folder + "/" + partial, folder + "/" + piece.name()));
    }
  }
}
