package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.Readiness;
import dev.workbuddy.backup.remote.Remote;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteFile;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.SentBytes;
import dev.workbuddy.backup.remote.folder.FolderListing.Folder;
import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
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
 * with it is whole. Nothing is written to a place that is not the one of earlier pushes.
 */
public final class FolderRemote implements Remote {
  private final FolderStore store;
  private final RemoteContext context;
  private final PlaceGuard guard;
  private final SentBytes sent = new SentBytes();
  private Optional<List<Entry>> seen = Optional.empty();
  private boolean entered;

  /** With the namespace that is this data root's here, once a listing has shown which. */
  private Optional<RemoteContext> settled = Optional.empty();

  /**
   * @param memory of the places of earlier pushes; empty where this one is not to be compared
   */
  public FolderRemote(FolderStore store, RemoteContext context, Optional<PlaceMemory> memory) {
    this.store = store;
    this.context = context;
    this.guard = new PlaceGuard(store, context, memory);
  }

  @Override
  public String name() {
    return store.name();
  }

  @Override
  public RemoteResult<Readiness> check() throws InterruptedException {
    RemoteResult<Readiness> ready = store.check();
    return guard.expectsNothing() ? ready : ready.then(found -> guard.enter().map(_ -> found));
  }

  /** What is there may be read, whatever place it is. */
  @Override
  public RemoteResult<RemoteListing> list() throws InterruptedException {
    return store
        .list("")
        .then(
            entries -> {
              RemoteListing found = listing(entries);
              return found.snapshots().isEmpty()
                  ? guard.admit(entries).map(_ -> found)
                  : RemoteResult.ok(found);
            });
  }

  @Override
  public RemoteResult<RemoteListing> inspect() throws InterruptedException {
    return store
        .listWithSums("")
        .then(guard::admit)
        .then(entries -> RemoteResult.ok(listing(entries)));
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
    boolean leftBehind = !FolderOrphans.among(entries, own).isEmpty();
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
    String folder = own.namespace() + "/" + snapshot.id();
    Optional<List<Entry>> last = seen;
    seen = Optional.empty();
    return (last.isPresent() ? guard.enter(last.get()) : guard.enter())
        .then(_ -> content(folder, last))
        .then(there -> new FolderPush(store, own, sent).push(snapshot, there, progress))
        .then(guard::pushed);
  }

  private RemoteResult<RemoteContext> own() throws InterruptedException {
    return settled.isPresent()
        ? RemoteResult.ok(settled.get())
        : list().map(_ -> settled.orElseThrow());
  }

  /** As the last listing showed it, if nothing was done since. */
  private RemoteResult<FolderContent> content(String folder, Optional<List<Entry>> last)
      throws InterruptedException {
    return last.isPresent()
        ? RemoteResult.ok(FolderContent.of(folder, last.get()))
        : store.list(folder).map(entries -> new FolderContent(folder, entries));
  }

  /** Before anything but a push changes what is there; once is enough. */
  private RemoteResult<String> enter() throws InterruptedException {
    seen = Optional.empty();
    RemoteResult<List<Entry>> result = entered ? RemoteResult.ok(List.of()) : guard.enter();
    entered = result.isOk();
    return result.map(_ -> "");
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
    return enter()
        .then(_ -> store.list(snapshot.place()))
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
        .then(_ -> guard.deleted(snapshot));
  }

  @Override
  public RemoteResult<RemoteSnapshot> hold(RemoteSnapshot snapshot, Hold hold)
      throws InterruptedException {
    return enter()
        .then(_ -> store.list(snapshot.place()))
        .then(
            entries ->
                entries.isEmpty()
                    ? RemoteResult.failed(
                        RemoteFault.NOT_FOUND,
                        "%s does not have %s any more".formatted(name(), snapshot.id()),
                        RemoteListing.hint(name()))
                    : new FolderPush(store, context, sent)
                        .write(snapshot.place(), Hold.FILE_NAME, hold.document()))
        .map(_ -> snapshot.withHold(hold));
  }

  @Override
  public RemoteResult<RemoteSnapshot> release(RemoteSnapshot snapshot) throws InterruptedException {
    return enter()
        .then(_ -> store.delete(snapshot.place() + "/" + Hold.FILE_NAME))
        .map(_ -> snapshot.withHold(null));
  }

  @Override
  public RemoteResult<List<String>> sweepOrphans() throws InterruptedException {
    return enter()
        .then(_ -> own())
        .then(
            own ->
                store
                    .list(own.namespace())
                    .then(entries -> FolderOrphans.among(entries, own).settle(store, own)));
  }
}
