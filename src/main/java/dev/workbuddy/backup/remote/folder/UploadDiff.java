package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.folder.FolderStore.Compared;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.ArrayList;
import java.util.List;

/**
 * What keeps a snapshot's folder from holding what it should.
 *
 * @param stale the names of files there that would say something else of the snapshot
 * @param needed what is to be sent: what is not there, or not right
 */
record UploadDiff(List<String> stale, List<Piece> needed) {
  UploadDiff {
    stale = List.copyOf(stale);
    needed = List.copyOf(needed);
  }

  /** Compares what is there with what should be; what has the right size is looked into. */
  static RemoteResult<UploadDiff> of(
      SnapshotId id, List<Piece> wanted, FolderContent there, FolderStore store)
      throws InterruptedException {
    return right(wanted, there, store)
        .map(
            right ->
                new UploadDiff(
                    stale(id, wanted, there),
                    wanted.stream().filter(piece -> !right.contains(piece)).toList()));
  }

  private static RemoteResult<List<Piece>> right(
      List<Piece> wanted, FolderContent there, FolderStore store) throws InterruptedException {
    List<Piece> sized = wanted.stream().filter(there::hasSize).toList();
    if (sized.isEmpty() || store.compare(there.folder(), sized).isOk()) {
      return RemoteResult.ok(sized);
    }
    List<Piece> right = new ArrayList<>();
    for (Piece piece : sized) {
      switch (store.compare(there.folder(), List.of(piece))) {
        case Ok<Compared> _ -> right.add(piece);
        case Failed<Compared> failed when failed.retryable() -> {
          return failed.as();
        }
        case Failed<Compared> _ -> {}
      }
    }
    return RemoteResult.ok(right);
  }

  /** The names of what is there and belongs to other content than is wanted. */
  static List<String> stale(SnapshotId id, List<Piece> wanted, FolderContent there) {
    List<String> names = wanted.stream().map(Piece::name).toList();
    return there
        .names()
        .filter(
            name ->
                name.equals(FolderListing.MISSING)
                    || SizeNote.isOfSizes(name)
                    || SizeNote.covers(id, name))
        .filter(name -> !names.contains(name))
        .toList();
  }

  /** Whether the snapshot is whole there, and only lacks what may come later. */
  boolean isBeside() {
    return stale.isEmpty()
        && needed.stream()
            .map(Piece::name)
            .allMatch(name -> name.equals(Hold.FILE_NAME) || SizeNote.isOfSizes(name));
  }
}
