package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.remote.FolderListing.Folder;
import dev.workbuddy.backup.remote.FolderStore.Entry;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.remote.RemoteResult.Ok;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends one snapshot into its folder; what is there already and right is not sent again. */
final class FolderPush {
  private final FolderStore store;
  private final RemoteContext context;
  private final FolderListing listing;

  FolderPush(FolderStore store, RemoteContext context, FolderListing listing) {
    this.store = store;
    this.context = context;
    this.listing = listing;
  }

  RemoteResult<Pushed> push(StoredSnapshot snapshot, Progress progress)
      throws InterruptedException {
    try (Shipment shipment = Shipment.of(snapshot, context.scratch(), context.partBytes())) {
      String folder = context.namespace() + "/" + snapshot.id();
      return store
          .list(folder)
          .then(there -> new Sending(snapshot, shipment, folder, progress).run(there));
    } catch (BackupException e) {
      return RemoteResult.failed(RemoteFault.FAILED, e.text(), e.hint());
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "%s cannot be read here: %s".formatted(snapshot.id(), e.getMessage()),
          "`wb-backup verify` shows whether the snapshot is sound.");
    }
  }

  /** Puts a small file in place, whole or not at all. */
  RemoteResult<String> write(String folder, String name, byte[] content)
      throws InterruptedException {
    try {
      Path file = Files.createTempFile(context.scratch(), name + "-", ".tmp");
      try {
        Files.write(file, content);
        Piece piece = new Piece(name, content.length, Checksums.sha256(content), file, 0);
        return place(piece, file, folder, Progress.silent());
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "cannot write in %s: %s".formatted(context.scratch(), e.getMessage()),
          "Check the disk and its permissions.");
    }
  }

  private RemoteResult<String> place(Piece piece, Path asFile, String folder, Progress progress)
      throws InterruptedException {
    String partial =
        folder + "/" + Partial.name(piece.name(), context.clock().instant(), context.random());
    return store
        .put(piece, asFile, partial, progress)
        .then(_ -> store.move(partial, folder + "/" + piece.name()));
  }

  /** One push on its way. */
  private final class Sending {
    private final StoredSnapshot snapshot;
    private final Shipment shipment;
    private final String folder;
    private final Progress progress;
    private Proof weakest = Proof.CHECKSUM;
    private long sent;

    Sending(StoredSnapshot snapshot, Shipment shipment, String folder, Progress progress) {
      this.snapshot = snapshot;
      this.shipment = shipment;
      this.folder = folder;
      this.progress = progress;
    }

    RemoteResult<Pushed> run(List<Entry> there) throws InterruptedException {
      Map<String, Long> sizes = sizes(there);
      List<Piece> needed = new ArrayList<>(shipment.pieces());
      needed.removeAll(right(sizes));
      boolean marked = sizes.containsKey(FolderListing.MISSING) != isComplete();
      return marked && needed.stream().allMatch(Sending::isHold)
          ? send(needed).then(_ -> compare(needed))
          : replace(needed, sizes.keySet());
    }

    /** Until the last file is there again, no listing calls the snapshot complete. */
    private RemoteResult<Pushed> replace(List<Piece> needed, Set<String> there)
        throws InterruptedException {
      Piece last = shipment.pieces().getLast();
      List<Piece> content = needed.stream().filter(piece -> !piece.equals(last)).toList();
      RemoteResult<Pushed> result =
          delete(Checksums.FILE_NAME, there)
              .then(_ -> mark(there))
              .then(_ -> send(content))
              .then(_ -> compare(content))
              .then(_ -> send(List.of(last)))
              .then(_ -> compare(List.of(last)));
      if (result instanceof Failed<Pushed>(RemoteFault fault, _, _, _)
          && fault == RemoteFault.DAMAGED) {
        var _ = store.delete(folder + "/" + Checksums.FILE_NAME);
      }
      return result;
    }

    private RemoteResult<String> delete(String name, Set<String> there)
        throws InterruptedException {
      return there.contains(name) ? store.delete(folder + "/" + name) : RemoteResult.ok(name);
    }

    private static boolean isHold(Piece piece) {
      return piece.name().equals(Hold.FILE_NAME);
    }

    private Map<String, Long> sizes(List<Entry> there) {
      Map<String, Long> sizes = new HashMap<>();
      there.forEach(entry -> sizes.put(entry.path().substring(folder.length() + 1), entry.bytes()));
      return sizes;
    }

    /** The pieces that are there and need not be sent. */
    private List<Piece> right(Map<String, Long> sizes) throws InterruptedException {
      List<Piece> sized =
          shipment.pieces().stream().filter(piece -> hasSize(sizes, piece)).toList();
      if (sized.isEmpty() || prove(sized).isOk()) {
        return sized;
      }
      List<Piece> right = new ArrayList<>();
      for (Piece piece : sized) {
        if (prove(List.of(piece)).isOk()) {
          right.add(piece);
        }
      }
      return right;
    }

    private static boolean hasSize(Map<String, Long> sizes, Piece piece) {
      return Long.valueOf(piece.bytes()).equals(sizes.get(piece.name()));
    }

    private RemoteResult<Proof> prove(List<Piece> pieces) throws InterruptedException {
      RemoteResult<Proof> result =
          pieces.isEmpty() ? RemoteResult.ok(weakest) : store.prove(folder, pieces);
      if (result instanceof Ok<Proof>(Proof proof)) {
        weakest = proof.compareTo(weakest) > 0 ? proof : weakest;
      }
      return result;
    }

    private boolean isComplete() {
      return snapshot.readManifest().map(Manifest::isComplete).orElse(false);
    }

    private RemoteResult<String> mark(Set<String> there) throws InterruptedException {
      Optional<Manifest> manifest = snapshot.readManifest();
      return manifest.isEmpty() || manifest.get().isComplete()
          ? delete(FolderListing.MISSING, there)
          : write(folder, FolderListing.MISSING, Json.bytes(manifest.get().missing()));
    }

    private RemoteResult<Long> send(List<Piece> pieces) throws InterruptedException {
      for (Piece piece : pieces) {
        progress.step("sending %s to %s".formatted(piece.name(), store.name()));
        if (send(piece) instanceof Failed<String> failed) {
          return failed.as();
        }
        sent += piece.bytes();
      }
      return RemoteResult.ok(sent);
    }

    private RemoteResult<String> send(Piece piece) throws InterruptedException {
      try {
        RemoteResult<String> result = place(piece, shipment.asFile(piece), folder, progress);
        shipment.sent(piece);
        return result;
      } catch (IOException e) {
        return RemoteResult.failed(
            RemoteFault.FAILED,
            "%s cannot be read here: %s".formatted(piece.name(), e.getMessage()),
            "`wb-backup verify` shows whether the snapshot is sound.");
      }
    }

    /** Asks the store what it holds now. */
    private RemoteResult<Pushed> compare(List<Piece> pieces) throws InterruptedException {
      return store.list(folder).then(there -> compare(pieces, there));
    }

    private RemoteResult<Pushed> compare(List<Piece> pieces, List<Entry> there)
        throws InterruptedException {
      Map<String, Long> sizes = sizes(there);
      for (Piece piece : pieces) {
        if (!hasSize(sizes, piece)) {
          return RemoteResult.failed(
              RemoteFault.DAMAGED,
              "%s has %s bytes of %s of %s where %d were sent"
                  .formatted(
                      store.name(),
                      sizes.getOrDefault(piece.name(), 0L),
                      piece.name(),
                      snapshot.id(),
                      piece.bytes()),
              "Push it again; what is wrong is replaced.");
        }
      }
      return prove(pieces).map(_ -> new Pushed(found(there), sent, weakest));
    }

    private RemoteSnapshot found(List<Entry> there) {
      Folder found = FolderListing.folders(there).getFirst();
      return listing.snapshot(found, snapshot.hold());
    }
  }
}
