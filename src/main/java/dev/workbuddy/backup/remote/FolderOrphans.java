package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.remote.FolderListing.Folder;
import dev.workbuddy.backup.remote.FolderStore.Entry;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.snapshot.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs left behind that were killed more than a day ago, in one namespace.
 *
 * @param folders to be deleted with all that is in them
 * @param files to be deleted
 */
record FolderOrphans(List<String> folders, List<String> files) {
  private static final Duration ORPHANED = Duration.ofDays(1);

  FolderOrphans {
    folders = List.copyOf(folders);
    files = List.copyOf(files);
  }

  static FolderOrphans among(List<Entry> entries, RemoteContext context, Instant now) {
    String namespace = context.namespace();
    Instant latest = now.minus(ORPHANED);
    List<String> folders = new ArrayList<>(new FolderListing(context).abandoned(entries, latest));
    List<String> files = new ArrayList<>();
    for (Folder folder : FolderListing.folders(entries)) {
      if (!folder.namespace().equals(namespace)) {
        continue;
      }
      if (isAbandoned(folder, latest)) {
        folders.add(folder.path());
      } else {
        folder.files().stream()
            .filter(file -> Partial.began(file.name()).filter(latest::isAfter).isPresent())
            .forEach(file -> files.add(folder.path() + "/" + file.name()));
      }
    }
    return new FolderOrphans(folders, files);
  }

  boolean isEmpty() {
    return folders.isEmpty() && files.isEmpty();
  }

  RemoteResult<List<String>> deleteFrom(FolderStore store) throws InterruptedException {
    List<String> removed = new ArrayList<>();
    for (String folder : folders) {
      if (store.deleteFolder(folder) instanceof Failed<String> failed) {
        return failed.as();
      }
      removed.add(folder);
    }
    for (String file : files) {
      if (store.delete(file) instanceof Failed<String> failed) {
        return failed.as();
      }
      removed.add(file);
    }
    return RemoteResult.ok(List.copyOf(removed));
  }

  /** Never finished, and nothing of it was begun within the last day. */
  private static boolean isAbandoned(Folder folder, Instant latest) {
    return !folder.isFinished()
        && !folder.has(Hold.FILE_NAME)
        && folder.id().time().isBefore(latest)
        && folder.files().stream()
            .flatMap(file -> Partial.began(file.name()).stream())
            .allMatch(latest::isAfter);
  }
}
