package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Pushed;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteSnapshot;
import dev.workbuddy.backup.remote.folder.FolderStore.Entry;
import dev.workbuddy.backup.remote.folder.PlaceMemory.Known;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a store is the place that copies went to before, and not, for example, a mount point
 * without its disk. The first push leaves a {@link PlaceMark} there, which must be there from then
 * on; so must copies.
 */
final class PlaceGuard {
  private final FolderStore store;
  private final RemoteContext context;
  private final Optional<PlaceMemory> memory;
  private boolean recognized;

  /**
   * @param memory empty where the user guards the place, or it is of no configuration
   */
  PlaceGuard(FolderStore store, RemoteContext context, Optional<PlaceMemory> memory) {
    this.store = store;
    this.context = context;
    this.memory = memory;
  }

  /** Whether nothing is known of the place that could be missing there. */
  boolean expectsNothing() {
    return (known().isEmpty() && !hasForgotten()) || isAccepted();
  }

  private Optional<Known> known() {
    return memory.flatMap(all -> all.of(store.name()));
  }

  private boolean hasForgotten() {
    return !isAccepted() && memory.filter(all -> all.hasForgotten(store.name())).isPresent();
  }

  private Failed<List<Entry>> unrecognized() {
    return refused(
        "%s has neither a mark nor a snapshot of this data root, though some were pushed there; what it was known by, places.json, is lost"
            .formatted(store.name()));
  }

  private boolean isAccepted() {
    return memory.filter(all -> all.accepts(store.name())).isPresent();
  }

  /**
   * Judges a listing of all that is there.
   *
   * @return {@code REFUSED} where the mark is gone, or all copies of our namespace
   */
  RemoteResult<List<Entry>> admit(List<Entry> all) {
    Known known = known().orElse(null);
    if (known == null && hasForgotten()) {
      recognized = !PlaceMark.among(all).isEmpty() || ours(all) > 0;
      return recognized ? RemoteResult.ok(all) : unrecognized();
    }
    if (known == null || isAccepted()) {
      return RemoteResult.ok(all);
    }
    if (!isMarked(known, all)) {
      return unmarked(known, all);
    }
    return known.newest() != null && ours(all) == 0
        ? emptied(String.valueOf(known.newest()))
        : RemoteResult.ok(all);
  }

  /**
   * Judges the files at the top of the place, before something is written there, and marks a place
   * that is new to us.
   */
  RemoteResult<List<Entry>> enter(List<Entry> top) throws InterruptedException {
    if (memory.isEmpty()) {
      return RemoteResult.ok(top);
    }
    Optional<Known> known = known();
    if (known.isPresent() && isMarked(known.get(), top)) {
      return RemoteResult.ok(top);
    }
    if (known.isPresent() && !isAccepted()) {
      return unmarked(known.get(), top);
    }
    List<PlaceMark> there = PlaceMark.among(top);
    if (hasForgotten() && !recognized && there.isEmpty()) {
      return unrecognized();
    }
    PlaceMark mark = there.isEmpty() ? PlaceMark.of(context.random()) : there.getFirst();
    return (there.isEmpty() ? put(mark) : RemoteResult.ok(""))
        .then(_ -> noted(all -> all.remember(store.name(), mark, store.isBare())))
        .map(_ -> top);
  }

  /** Like {@link #enter(List)}, but lists the top of the place first. */
  RemoteResult<List<Entry>> enter() throws InterruptedException {
    return memory.isEmpty() ? RemoteResult.ok(List.of()) : store.top().then(this::enter);
  }

  /** From now on copies are expected; if the place is still the one that was entered. */
  RemoteResult<Pushed> pushed(Pushed pushed) throws InterruptedException {
    String id = pushed.snapshot().id().toString();
    return stillThere(id).then(_ -> noted(all -> all.pushed(store.name(), id))).map(_ -> pushed);
  }

  /** A disk may go away between a look and the first byte. */
  private RemoteResult<String> stillThere(String id) throws InterruptedException {
    Optional<Known> known = known();
    if (known.isEmpty()) {
      return RemoteResult.ok(id);
    }
    return store
        .top()
        .then(
            top ->
                isMarked(known.get(), top)
                    ? RemoteResult.ok(id)
                    : RemoteResult.failed(
                        RemoteFault.REFUSED,
                        "%s lost its mark while %s was sent: its disk seems to have gone away"
                            .formatted(store.name(), id),
                        "Mount the disk; the next run sends it again. What lies in the mount point"
                            + " can be deleted."));
  }

  /** Without the newest of them none is expected. */
  RemoteResult<RemoteSnapshot> deleted(RemoteSnapshot snapshot) {
    String id = snapshot.id().toString();
    boolean last = known().filter(known -> id.equals(known.newest())).isPresent();
    return last
        ? noted(all -> all.expectNone(store.name())).map(_ -> snapshot)
        : RemoteResult.ok(snapshot);
  }

  /** Something to write down here. */
  @FunctionalInterface
  private interface Note {
    void in(PlaceMemory memory) throws IOException;
  }

  private RemoteResult<String> noted(Note note) {
    try {
      if (memory.isPresent()) {
        note.in(memory.get());
      }
      return RemoteResult.ok("");
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "what is known of %s cannot be written down here: %s"
              .formatted(store.name(), e.getMessage()),
          "Check the disk of the history and its permissions.");
    }
  }

  private RemoteResult<String> put(PlaceMark mark) throws InterruptedException {
    return new SmallFile(mark.fileName(), mark.document())
        .send(
            context,
            piece -> {
              try (UploadBatch batch = UploadBatch.of(List.of(piece), context.scratch())) {
                return store.put(batch, "", Progress.silent());
              }
            });
  }

  private static boolean isMarked(Known known, List<Entry> files) {
    return PlaceMark.among(files).stream()
        .anyMatch(mark -> known.marks().contains(mark.fileName()));
  }

  private long ours(List<Entry> files) {
    return FolderListing.folders(files).stream()
        .filter(folder -> context.owns(folder.namespace(), folder.origin(), folder.id()))
        .map(FolderListing.Folder::id)
        .map(SnapshotId::toString)
        .distinct()
        .count();
  }

  private Failed<List<Entry>> unmarked(Known known, List<Entry> files) {
    String others =
        PlaceMark.among(files).stream()
            .findFirst()
            .map(mark -> " but " + mark.fileName() + ", of another place,")
            .orElse("");
    return refused(
        "%s does not hold %s, which the first push left there,%s so its disk does not seem to be mounted"
            .formatted(store.name(), known.marks().getLast(), others));
  }

  private Failed<List<Entry>> emptied(String newest) {
    return refused(
        "%s holds no snapshot of this data root any more, though %s and others were pushed there"
            .formatted(store.name(), newest));
  }

  private Failed<List<Entry>> refused(String detail) {
    return RemoteResult.failed(
        RemoteFault.REFUSED,
        detail + "; nothing was written there",
        "Mount the right disk. If the place was emptied or replaced on purpose, `wb-backup push"
            + " --all-missing --accept '%s'` takes it as it is now.".formatted(store.name()));
  }
}
