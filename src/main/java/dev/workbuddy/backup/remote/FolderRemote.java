package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.FolderListing.Folder;
import dev.workbuddy.backup.remote.FolderStore.Entry;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots as folders of files: {@code <root>/<namespace>/<id>/}. What is sent has a name of its
 * own first and is then renamed; {@code SHA256SUMS} comes last and goes first, so that a snapshot
 * with it is whole.
 */
final class FolderRemote implements Remote {
  private final FolderStore store;
  private final RemoteContext context;
  private Optional<List<Entry>> seen = Optional.empty();

  /** With the namespace that is this data root's here, once a listing has shown which. */
  private Optional<RemoteContext> settled = Optional.empty();

  FolderRemote(FolderStore store, RemoteContext context) {
    this.store = store;
    this.context = context;
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

  @Override
  public RemoteResult<RemoteListing> inspect() throws InterruptedException {
    return store.listWithSums("").then(entries -> RemoteResult.ok(listing(entries)));
  }

  private RemoteListing listing(List<Entry> entries) throws InterruptedException {
    FolderListing listing = new FolderListing(context);
    List<RemoteSnapshot> snapshots = new ArrayList<>();
    for (Folder folder : FolderListing.folders(entries)) {
      snapshots.add(listing.snapshot(folder, hold(folder)));
    }
    seen = Optional.of(entries);
    RemoteContext own = context.beside(snapshots);
    settled = Optional.of(own);
    boolean leftBehind = !FolderOrphans.among(entries, own, context.clock().instant()).isEmpty();
    return new RemoteListing(snapshots, List.of(), leftBehind);
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
    progress.step("asking %s about %s".formatted(name(), snapshot.id()));
    return own().then(own -> push(own, snapshot, progress));
  }

  private RemoteResult<Pushed> push(RemoteContext own, StoredSnapshot snapshot, Progress progress)
      throws InterruptedException {
    return content(own.namespace() + "/" + snapshot.id())
        .then(there -> new FolderPush(store, own).push(snapshot, there, progress));
  }

  private RemoteResult<RemoteContext> own() throws InterruptedException {
    return settled.isPresent()
        ? RemoteResult.ok(settled.get())
        : list().map(_ -> settled.orElseThrow());
  }

  /** As the last listing showed it, if nothing was done since. */
  private RemoteResult<FolderContent> content(String folder) throws InterruptedException {
    Optional<List<Entry>> last = seen;
    seen = Optional.empty();
    return last.isPresent()
        ? RemoteResult.ok(FolderContent.of(folder, last.get()))
        : store.list(folder).map(entries -> new FolderContent(folder, entries));
  }

  @Override
  public RemoteResult<Path> download(
      RemoteSnapshot snapshot, RemoteFile file, Path target, Progress progress)
      throws InterruptedException {
    return store.download(snapshot.place() + "/" + file.name(), file.bytes(), target, progress);
  }

  @Override
  public RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot) throws InterruptedException {
    if (!snapshot.ours()) {
      return RemoteResult.failed(
          RemoteFault.REFUSED,
          "%s in %s is another data root's".formatted(snapshot.id(), name()),
          "Delete it where it was taken.");
    }
    seen = Optional.empty();
    return store
        .delete(snapshot.place() + "/" + Checksums.FILE_NAME)
        .then(_ -> store.deleteFolder(snapshot.place()))
        .map(_ -> snapshot);
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold)
      throws InterruptedException {
    seen = Optional.empty();
    return store
        .list(snapshot.place())
        .then(
            entries ->
                entries.isEmpty()
                    ? RemoteResult.failed(
                        RemoteFault.NOT_FOUND,
                        "%s does not have %s any more".formatted(name(), snapshot.id()),
                        "`wb-backup list --remote` shows what it has.")
                    : new FolderPush(store, context)
                        .write(snapshot.place(), Hold.FILE_NAME, hold.document()))
        .map(_ -> snapshot.withHold(hold));
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException {
    seen = Optional.empty();
    return store.delete(snapshot.place() + "/" + Hold.FILE_NAME).map(_ -> snapshot.withHold(null));
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() throws InterruptedException {
    return own()
        .then(
            own ->
                store
                    .list(own.namespace())
                    .then(
                        entries ->
                            FolderOrphans.among(entries, own, own.clock().instant())
                                .deleteFrom(store)));
  }
}
