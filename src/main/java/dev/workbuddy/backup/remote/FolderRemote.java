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
import java.util.Objects;
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
  private final FolderListing listing;
  private final SentBytes sent = new SentBytes();
  private Optional<List<Entry>> seen = Optional.empty();

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

  @Override
  public RemoteResult<RemoteListing> inspect() throws InterruptedException {
    return store.listWithSums("").then(entries -> RemoteResult.ok(listing(entries)));
  }

  private RemoteListing listing(List<Entry> entries) throws InterruptedException {
    List<RemoteSnapshot> snapshots = new ArrayList<>();
    for (Folder folder : FolderListing.folders(entries)) {
      snapshots.add(listing.snapshot(folder, hold(folder)));
    }
    seen = Optional.of(entries);
    boolean leftBehind = !FolderOrphans.among(entries, context).isEmpty();
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
    String folder = context.namespace() + "/" + snapshot.id();
    return content(folder)
        .then(
            there -> new FolderPush(store, context, listing, sent).push(snapshot, there, progress));
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
    seen = Optional.empty();
    return store
        .list(snapshot.place())
        .then(entries -> delete(snapshot, FolderListing.folders(entries)));
  }

  /** What is there now may be held, or another's, whatever it was when it was listed. */
  private RemoteResult<RemoteSnapshot> delete(RemoteSnapshot snapshot, List<Folder> found)
      throws InterruptedException {
    if (!found.isEmpty()) {
      Folder now = found.getFirst();
      Hold hold = hold(now);
      if (hold != null || !Objects.equals(now.origin(), snapshot.origin())) {
        return RemoteResult.ok(snapshot.withHold(hold));
      }
    }
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
                        RemoteListing.hint(name()))
                    : new FolderPush(store, context, listing, sent)
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
    return store
        .list(context.namespace())
        .then(entries -> FolderOrphans.among(entries, context).settle(store, context));
  }
}
