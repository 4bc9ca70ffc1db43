package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.FolderListing.Folder;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as folders of files: {@code <root>/<namespace>/<id>/}. What is sent has a name of its
 * own first and is then renamed; {@code SHA256SUMS} comes last and goes first, so that a snapshot
 * with it is whole.
 */
final class FolderRemote implements Remote {
  private static final Duration ORPHANED = Duration.ofDays(1);

  private final FolderStore store;
  private final RemoteContext context;
  private final FolderListing listing;

  FolderRemote(FolderStore store, RemoteContext context) {
    this.store = store;
    this.context = context;
    this.listing = new FolderListing(context.namespace());
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    return store.check();
  }

  @Override
  public RemoteResult<RemoteListing> list() throws InterruptedException {
    return store.list("").then(entries -> RemoteResult.ok(listing(entries)));
  }

  private RemoteListing listing(List<FolderStore.Entry> entries) throws InterruptedException {
    List<RemoteSnapshot> snapshots = new ArrayList<>();
    for (Folder folder : FolderListing.folders(entries)) {
      snapshots.add(listing.snapshot(folder, hold(folder)));
    }
    return new RemoteListing(snapshots, List.of());
  }

  private @Nullable Hold hold(Folder folder) throws InterruptedException {
    if (!folder.has(Hold.FILE_NAME)) {
      return null;
    }
    return switch (store.read(folder.path() + "/" + Hold.FILE_NAME)) {
      case Ok<byte[]>(byte[] document) -> Hold.read(document);
      case Failed<byte[]> _ -> Hold.UNREADABLE;
    };
  }

  @Override
  public RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress)
      throws InterruptedException {
    return new FolderPush(store, context, listing).push(snapshot, progress);
  }

  @Override
  public RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress)
      throws InterruptedException {
    return store.download(snapshot.place() + "/" + file.name(), file.bytes(), target, progress);
  }

  @Override
  public RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) throws InterruptedException {
    return store
        .delete(snapshot.place() + "/" + Checksums.FILE_NAME)
        .then(_ -> store.deleteFolder(snapshot.place()))
        .map(_ -> snapshot);
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold)
      throws InterruptedException {
    return store
        .list(snapshot.place())
        .then(
            entries ->
                entries.isEmpty()
                    ? RemoteResult.failed(
                        RemoteFault.NOT_FOUND,
                        "%s does not have %s any more".formatted(name(), snapshot.id()),
                        "`wb-backup list --remote` shows what it has.")
                    : new FolderPush(store, context, listing)
                        .write(snapshot.place(), Hold.FILE_NAME, hold.document()))
        .map(_ -> snapshot.withHold(hold));
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException {
    return store.delete(snapshot.place() + "/" + Hold.FILE_NAME).map(_ -> snapshot.withHold(null));
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() throws InterruptedException {
    return store.list(context.namespace()).then(this::sweep);
  }

  private RemoteResult<List<String>> sweep(List<FolderStore.Entry> entries)
      throws InterruptedException {
    Instant latest = context.clock().instant().minus(ORPHANED);
    List<String> removed = new ArrayList<>();
    for (String passing : listing.abandoned(entries, latest)) {
      if (store.deleteFolder(passing) instanceof Failed<String> failed) {
        return failed.as();
      }
      removed.add(passing);
    }
    for (Folder folder : FolderListing.folders(entries)) {
      if (isAbandoned(folder, latest)) {
        if (store.deleteFolder(folder.path()) instanceof Failed<String> failed) {
          return failed.as();
        }
        removed.add(folder.path());
        continue;
      }
      for (RemoteFile file : folder.files()) {
        String path = folder.path() + "/" + file.name();
        if (Partial.began(file.name()).filter(latest::isAfter).isPresent()) {
          if (store.delete(path) instanceof Failed<String> failed) {
            return failed.as();
          }
          removed.add(path);
        }
      }
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
