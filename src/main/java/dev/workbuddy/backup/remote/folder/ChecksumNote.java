package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.folder.FolderStore.Compared;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.List;
import java.util.Optional;

/** Keeps beside a snapshot what its store told when it was proven, where listings tell that too. */
final class ChecksumNote {
  private final FolderStore store;
  private final RemoteContext context;
  private final SnapshotId id;

  ChecksumNote(FolderStore store, RemoteContext context, SnapshotId id) {
    this.store = store;
    this.context = context;
    this.id = id;
  }

  /** Puts the {@link SizeNote} there that fits, in place of any that does not. */
  RemoteResult<Compared> note(Compared proven) throws InterruptedException {
    FolderContent there = proven.content();
    Optional<SizeNote> note =
        store.listsSums() ? SizeNote.ofSums(id, there.entries()) : Optional.empty();
    if (note.isEmpty() || there.has(note.get().fileName())) {
      return RemoteResult.ok(proven);
    }
    for (String old : there.names().filter(ChecksumNote::isOfSums).toList()) {
      if (store.delete(there.folder() + "/" + old) instanceof Failed<String> failed) {
        return failed.as();
      }
    }
    return put(note.get(), there.folder()).map(_ -> proven);
  }

  private static boolean isOfSums(String name) {
    return SizeNote.isName(name) && !SizeNote.isOfSizes(name);
  }

  /** Its name says all of it, so it need not be renamed when it is there. */
  private RemoteResult<String> put(SizeNote note, String folder) throws InterruptedException {
    return new SmallFile(note.fileName(), note.document())
        .send(
            context,
            piece -> {
              try (UploadBatch batch = UploadBatch.of(List.of(piece), context.scratch())) {
                return store.put(batch, folder, Progress.silent());
              }
            });
  }
}
