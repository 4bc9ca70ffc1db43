package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.folder.FolderListing.Folder;
import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs left behind that were killed more than a day ago, in one namespace, and what is to
 * become of it. What a listing does not prove to be of no use stays: whole folders on their way are
 * brought to their place, and one with a tarball is kept. What bears another data root's mark is
 * that one's to judge.
 *
 * @param whole folders on their way with all of a snapshot in them
 * @param folders to be deleted with all that is in them
 * @param files to be deleted
 */
record FolderOrphans(List<Passing> whole, List<String> folders, List<String> files) {
  private static final Duration ORPHANED = Duration.ofDays(1);

  FolderOrphans {
    whole = List.copyOf(whole);
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }

  static FolderOrphans among(List<Entry> entries, RemoteContext context) {
    Instant latest = context.clock().instant().minus(ORPHANED);
    List<Folder> there =
        FolderListing.folders(entries).stream()
            .filter(folder -> folder.namespace().equals(context.namespace()))
            .filter(folder -> isOwn(folder, context))
            .toList();
    List<Passing> whole = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    List<String> files = new ArrayList<>();
    new FolderListing(context)
        .passing(entries)
        .forEach(
            (passing, inside) -> {
              if (passing.began().isAfter(latest) || passing.isOfAnother(context)) {
                return;
              }
              List<Folder> place =
                  there.stream().filter(folder -> folder.id().equals(passing.id())).toList();
              if (!isWhole(passing, inside) || place.stream().anyMatch(FolderOrphans::isWhole)) {
                folders.add(passing.path());
              } else if (place.isEmpty()) {
                whole.add(passing);
              }
            });
    for (Folder folder : there) {
      if (isAbandoned(folder, latest)) {
        folders.add(folder.path());
      } else {
        folder.files().stream()
            .filter(file -> TemporaryName.began(file.name()).filter(latest::isAfter).isPresent())
            .forEach(file -> files.add(folder.path() + "/" + file.name()));
      }
    }
    return new FolderOrphans(whole, folders, files);
  }

  private static boolean isOwn(Folder folder, RemoteContext context) {
    return folder.origins().stream()
        .allMatch(mark -> context.owns(folder.namespace(), mark, folder.id()));
  }

  /** Sizes are noted with each, so what did not get there in full shows. */
  private static boolean isWhole(Passing passing, List<Entry> inside) {
    Folder arrived = FolderListing.arrived(passing, inside);
    return arrived.files().stream().anyMatch(file -> SizeNote.isOfSizes(file.name()))
        && isWhole(arrived);
  }

  private static boolean isWhole(Folder folder) {
    return FolderListing.state(folder) != SnapshotState.DAMAGED;
  }

  boolean isEmpty() {
    return whole.isEmpty() && folders.isEmpty() && files.isEmpty();
  }

  /**
   * Does it.
   *
   * @return what was done, in words
   */
  RemoteResult<List<String>> settle(FolderStore store, RemoteContext context)
      throws InterruptedException {
    List<String> done = new ArrayList<>();
    return bring(store, done)
        .then(_ -> deleteFolders(store, context, done))
        .then(_ -> deleteFiles(store, done))
        .map(_ -> List.copyOf(done));
  }

  private RemoteResult<Boolean> bring(FolderStore store, List<String> done)
      throws InterruptedException {
    for (Passing passing : whole) {
      RemoteResult<Boolean> brought = store.appear(passing, passing.target());
      if (brought instanceof Failed<Boolean>) {
        return brought;
      }
      if (brought.orThrow()) {
        done.add("brought %s to its place: it was whole".formatted(passing.target()));
      }
    }
    return RemoteResult.ok(true);
  }

  private RemoteResult<Boolean> deleteFolders(
      FolderStore store, RemoteContext context, List<String> done) throws InterruptedException {
    for (String folder : folders) {
      RemoteResult<Boolean> deleted = deleteFolder(folder, store, context);
      if (deleted instanceof Failed<Boolean>) {
        return deleted;
      }
      if (deleted.orThrow()) {
        done.add(deleted(folder));
      }
    }
    return RemoteResult.ok(true);
  }

  private RemoteResult<Boolean> deleteFiles(FolderStore store, List<String> done)
      throws InterruptedException {
    for (String file : files) {
      if (store.delete(file) instanceof Failed<String> failed) {
        return failed.as();
      }
      done.add(deleted(file));
    }
    return RemoteResult.ok(true);
  }

  private static String deleted(String what) {
    return "deleted %s: a push that was broken off".formatted(what);
  }

  /** Judged once more by what is there now: it may be held or whole since it was listed. */
  private static RemoteResult<Boolean> deleteFolder(
      String folder, FolderStore store, RemoteContext context) throws InterruptedException {
    boolean onItsWay =
        Passing.parse(context.namespace(), folder.substring(folder.indexOf('/') + 1)).isPresent();
    return store
        .list(folder)
        .then(
            now ->
                onItsWay || among(now, context).folders().contains(folder)
                    ? store.deleteFolder(folder).map(_ -> true)
                    : RemoteResult.ok(false));
  }

  /** Never finished, without a tarball, and nothing of it was begun within the last day. */
  private static boolean isAbandoned(Folder folder, Instant latest) {
    return !folder.isFinished()
        && !folder.has(Hold.FILE_NAME)
        && !FolderListing.hasTarball(folder)
        && folder.id().time().isBefore(latest)
        && folder.files().stream()
            .flatMap(file -> TemporaryName.began(file.name()).stream())
            .allMatch(latest::isAfter);
  }
}
