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
final class ProvenSums {
  private final FolderStore store;
  private final RemoteContext context;
  private final SnapshotId id;

  ProvenSums(FolderStore store, RemoteContext context, SnapshotId id) {
    this.store = store;
    this.context = context;
    this.id = id;
  }

  /** Puts the {@link StoredNote} there that fits, in place of any that does not. */
  RemoteResult<Compared> note(Compared proven) throws InterruptedException {
    FolderContent there = proven.content();
    Optional<StoredNote> note =
        store.listsSums() ? StoredNote.ofSums(id, there.entries()) : Optional.empty();
    if (note.isEmpty() || there.has(note.get().fileName())) {
      return RemoteResult.ok(proven);
    }
    for (String old : there.names().filter(ProvenSums::isOfSums).toList()) {
      if (store.delete(there.folder() + "/" + old) instanceof Failed<String> failed) {
        return failed.as();
      }
    }
    return put(note.get(), there.folder()).map(_ -> proven);
  }

  private static boolean isOfSums(String name) {
    return StoredNote.isName(name) && !StoredNote.isOfSizes(name);
  }

  /** Its name says all of it, so it need not be renamed when it is there. */
  private RemoteResult<String> put(StoredNote note, String folder) throws InterruptedException {
    return new SmallFile(note.fileName(), note.document())
        .send(
            context,
            piece -> {
              try (Bundle bundle = Bundle.of(List.of(piece), context.scratch())) {
                return store.put(bundle, folder, Progress.silent());
              }
            });
  }
}
