package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.Origin;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.remote.SentBytes;
import dev.workbuddy.backup.remote.folder.FolderStore.Compared;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * One push of a snapshot on its way into its folder. All of its files are sent with one call, into
 * a folder with a name of its own; that is renamed, and the store is asked what it holds. Only then
 * does {@code SHA256SUMS}, sent with the others, get its name, and the snapshot counts.
 */
final class FolderSend {
  private final FolderStore store;
  private final RemoteContext context;
  private final FolderListing listing;
  private final StoredSnapshot snapshot;
  private final List<Piece> pieces;
  private final List<Piece> notes;
  private final SentBytes sent;
  private final Progress progress;
  private final FolderUploader uploader;
  private final String folder;

  /**
   * Prepares to send.
   *
   * @param pieces of the snapshot; the last one is what makes it complete
   * @param notes to go with them
   * @param sent where is noted what gets there, until it is proven
   */
  FolderSend(
      FolderStore store,
      RemoteContext context,
      StoredSnapshot snapshot,
      List<Piece> pieces,
      List<Piece> notes,
      SentBytes sent,
      Progress progress) {
    this.store = store;
    this.sent = sent;
    this.context = context;
    this.listing = new FolderListing(context);
    this.snapshot = snapshot;
    this.pieces = pieces;
    this.notes = notes;
    this.progress = progress;
    this.uploader = new FolderUploader(store, context, snapshot.id(), sent, progress);
    this.folder = context.namespace() + "/" + snapshot.id();
  }

  /**
   * Sends what is not right there.
   *
   * @param there what its folder holds
   */
  RemoteResult<Pushed> run(FolderContent there) throws InterruptedException {
    List<Piece> wanted = new ArrayList<>(notes);
    wanted.addAll(pieces);
    return isOfAnother(there) ? leave() : converge(wanted, there);
  }

  /** Also where its push has not come to its end: it may be on its way. */
  private boolean isOfAnother(FolderContent there) {
    return there
        .names()
        .flatMap(name -> Origin.mark(name).stream())
        .anyMatch(mark -> !context.owns(context.namespace(), mark, snapshot.id()));
  }

  /**
   * Damage is in one file or another. Where every file is there, and each is another, a second data
   * root of this history took a snapshot in the same second.
   */
  private boolean isAnotherSnapshot(UploadDiff lacking, FolderContent there) {
    List<Piece> content = pieces.stream().filter(piece -> !isHold(piece)).toList();
    return content.stream().allMatch(piece -> there.has(piece.name()))
        && lacking.needed().containsAll(content);
  }

  /** Two data roots that share a namespace do not overwrite each other's snapshots. */
  private RemoteResult<Pushed> leave() throws InterruptedException {
    List<Piece> content = pieces.stream().filter(piece -> !isHold(piece)).toList();
    return store.compare(folder, content) instanceof Ok<Compared>(Compared same)
        ? RemoteResult.ok(pushed(same))
        : refused();
  }

  private RemoteResult<Pushed> refused() {
    return context.origin().refuses(snapshot.id(), store.name(), context.namespace());
  }

  private RemoteResult<Pushed> converge(List<Piece> wanted, FolderContent there)
      throws InterruptedException {
    boolean stale = !UploadDiff.stale(snapshot.id(), wanted, there).isEmpty();
    if (!stale && wanted.stream().allMatch(there::hasSize)) {
      RemoteResult<Compared> found = store.compare(folder, wanted);
      if (found.isOk()) {
        return found.then(all -> sums().note(all)).map(this::pushed);
      }
    }
    return UploadDiff.of(snapshot.id(), wanted, there, store)
        .then(lacking -> send(wanted, lacking, there));
  }

  private RemoteResult<Pushed> send(List<Piece> wanted, UploadDiff lacking, FolderContent there)
      throws InterruptedException {
    if (isAnotherSnapshot(lacking, there)) {
      return refused();
    }
    if (lacking.isBeside()) {
      return add(lacking.needed(), wanted);
    }
    return there.entries().isEmpty() && store.movesFolders()
        ? sendWhole(wanted)
        : claimed().then(now -> replace(wanted, lacking, now));
  }

  /** Proven under another name, the folder then appears at once with all that is in it. */
  private RemoteResult<Pushed> sendWhole(List<Piece> wanted) throws InterruptedException {
    Passing passing = uploader.passing();
    RemoteResult<Compared> arrived =
        uploader.send(wanted, passing.path()).then(_ -> compare(passing.path(), wanted));
    return uploader
        .orTakenAway(passing.path(), arrived)
        .then(found -> sums().note(found))
        .then(
            found ->
                store
                    .appear(passing, folder)
                    .then(
                        there ->
                            there
                                ? RemoteResult.ok(pushed(found.movedTo(folder)))
                                : giveWay(passing, wanted)));
  }

  /** Somebody has the place by now, or is about to get it; what is there is not touched. */
  private RemoteResult<Pushed> giveWay(Passing passing, List<Piece> wanted)
      throws InterruptedException {
    return store
        .deleteFolder(passing.path())
        .then(_ -> store.list(folder))
        .map(entries -> new FolderContent(folder, entries))
        .then(
            there -> {
              if (isOfAnother(there)) {
                return leave();
              }
              return there.entries().isEmpty() ? refused() : converge(wanted, there);
            });
  }

  /**
   * What the folder holds once it bears this data root's mark. Of two that come at once each sees
   * the other's mark, or one comes first: they never write into it both.
   */
  private RemoteResult<FolderContent> claimed() throws InterruptedException {
    List<Piece> mark =
        notes.stream().filter(note -> note.name().equals(context.origin().fileName())).toList();
    return store
        .list(folder)
        .map(entries -> new FolderContent(folder, entries))
        .then(
            before ->
                before.has(mark.getFirst().name())
                    ? RemoteResult.ok(before)
                    : uploader
                        .send(mark, folder)
                        .then(_ -> store.list(folder))
                        .map(entries -> new FolderContent(folder, entries)))
        .then(now -> isOfAnother(now) ? withdrawn(now, mark.getFirst()) : RemoteResult.ok(now));
  }

  private RemoteResult<FolderContent> withdrawn(FolderContent there, Piece mark)
      throws InterruptedException {
    return delete(mark.name(), there)
        .then(_ -> context.origin().refuses(snapshot.id(), store.name(), context.namespace()));
  }

  private static boolean isHold(Piece piece) {
    return piece.name().equals(Hold.FILE_NAME);
  }

  /** Adds to what is whole: each under a name of its own first. */
  private RemoteResult<Pushed> add(List<Piece> beside, List<Piece> wanted)
      throws InterruptedException {
    for (Piece piece : beside) {
      String partial = uploader.partialName(piece.name());
      RemoteResult<String> added =
          uploader
              .send(List.of(piece.named(partial)), folder)
              .then(_ -> store.move(path(partial), path(piece.name())));
      if (added instanceof Failed<String> failed) {
        return failed.as();
      }
    }
    return compare(folder, wanted).map(this::pushed);
  }

  /** Until the last file is there again, no listing calls the snapshot complete. */
  private RemoteResult<Pushed> replace(List<Piece> wanted, UploadDiff lacking, FolderContent there)
      throws InterruptedException {
    String last = Checksums.FILE_NAME;
    String partial = uploader.partialName(last);
    List<Piece> withLast = new ArrayList<>(lacking.needed());
    withLast.remove(wanted.getLast());
    withLast.add(wanted.getLast());
    return delete(last, there)
        .then(_ -> delete(lacking.stale()))
        .then(_ -> uploader.sendBeside(renamed(withLast, last, partial), folder))
        .then(_ -> compare(folder, renamed(wanted, last, partial)))
        .map(found -> new Compared(found.content().renamed(partial, last), found.proof()))
        .then(found -> sums().note(found))
        .then(found -> store.move(path(partial), path(last)).map(_ -> found))
        .map(this::pushed);
  }

  private ChecksumNote sums() {
    return new ChecksumNote(store, context, snapshot.id());
  }

  private static List<Piece> renamed(List<Piece> pieces, String name, String other) {
    return pieces.stream()
        .map(piece -> piece.name().equals(name) ? piece.named(other) : piece)
        .toList();
  }

  private String path(String name) {
    return folder + "/" + name;
  }

  private RemoteResult<String> delete(String name, FolderContent there)
      throws InterruptedException {
    return there.has(name) ? store.delete(path(name)) : RemoteResult.ok(name);
  }

  private RemoteResult<String> delete(List<String> names) throws InterruptedException {
    for (String name : names) {
      if (store.delete(path(name)) instanceof Failed<String> failed) {
        return failed;
      }
    }
    return RemoteResult.ok(folder);
  }

  /** Asks the store what it holds now. */
  private RemoteResult<Compared> compare(String where, List<Piece> sent)
      throws InterruptedException {
    progress.step("asking %s what it holds of %s".formatted(store.name(), snapshot.id()));
    return store.compare(where, sent);
  }

  private Pushed pushed(Compared found) {
    FolderListing.Folder there = FolderListing.folders(found.content().entries()).getFirst();
    return new Pushed(
        listing.snapshot(there, snapshot.hold()), sent.proven(snapshot.id()), found.proof());
  }
}
