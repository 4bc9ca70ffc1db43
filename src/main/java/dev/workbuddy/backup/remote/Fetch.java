package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a snapshot from a remote into the local history: into a partial directory, checked there,
 * and only then under its name. Requires the run lock.
 */
public final class Fetch {
  private static final long SPARE_BYTES = 16L << 20;

  private final LocalStore store;

  public Fetch(LocalStore store) {
    this.store = store;
  }

  /**
   * Fetches, unless the same snapshot is here already and sound.
   *
   * @return the snapshot as it now lies here
   * @throws BackupException with a code of its own where the remote fails, where what it holds is
   *     damaged, and where another machine's snapshot of this name is here
   */
  public StoredSnapshot run(Remote remote, RemoteSnapshot wanted, Progress progress)
      throws IOException, InterruptedException {
    DurableFiles.createDirectories(store.directory());
    requireRoom(wanted);
    Path partial = store.continuePartial(wanted.id());
    try {
      Optional<StoredSnapshot> here = find(wanted.id());
      Optional<OriginalTarball> original = OriginalTarball.of(wanted);
      boolean brought =
          original.isPresent()
              ? original.get().bring(remote, wanted, here, store, partial, progress)
              : bring(remote, wanted, here, partial, progress);
      if (!brought) {
        DurableFiles.deleteTree(partial);
        return here.orElseThrow();
      }
      replace(partial, wanted.id());
      return find(wanted.id()).orElseThrow();
    } catch (IOException | InterruptedException | RuntimeException e) {
      if (!passes(e)) {
        DurableFiles.deleteTree(partial);
      }
      throw e;
    }
  }

  /** After trouble that passes, the next attempt goes on with what has come so far. */
  private static boolean passes(Exception e) {
    return e instanceof BackupException trouble
        && Arrays.stream(RemoteFault.values())
            .anyMatch(fault -> fault.isTransient() && fault.errorCode() == trouble.code());
  }

  /** What is held here stays held, also where the remote's copy is not. */
  private void replace(Path partial, SnapshotId id) throws IOException {
    Optional<StoredSnapshot> old = find(id);
    if (old.isPresent()) {
      Hold hold = old.get().hold();
      Path note = partial.resolve(Hold.FILE_NAME);
      if (hold != null && !Files.exists(note)) {
        DurableFiles.write(note, hold.document());
      }
      store.delete(old.get());
    }
    store.publish(partial, id);
  }

  /** False where the same snapshot is here already. */
  private boolean bring(
      Remote remote,
      RemoteSnapshot wanted,
      Optional<StoredSnapshot> here,
      Path partial,
      Progress progress)
      throws IOException, InterruptedException {
    CheckedDownload files = new CheckedDownload(remote, wanted, partial, progress);
    Map<String, String> sums = files.sums();
    if (here.isPresent() && isSound(here.get())) {
      requireSame(here.get(), isCovered(here.get(), sums));
      return false;
    }
    Parts.join(files.content());
    Hold hold = wanted.hold();
    if (hold != null) {
      DurableFiles.write(partial.resolve(Hold.FILE_NAME), hold.document());
    }
    verify(remote, wanted, partial);
    return true;
  }

  private void requireRoom(RemoteSnapshot wanted) throws IOException {
    long longestPart =
        wanted.files().stream()
            .filter(file -> Parts.isPart(file.name()))
            .mapToLong(RemoteFile::bytes)
            .max()
            .orElse(0);
    Space.require(
        store.directory(), wanted.bytes() + longestPart + SPARE_BYTES, "fetch " + wanted.id());
  }

  private Optional<StoredSnapshot> find(SnapshotId id) throws IOException {
    return store.list().stream().filter(snapshot -> snapshot.id().equals(id)).findFirst();
  }

  private static boolean isSound(StoredSnapshot snapshot) throws IOException {
    try {
      Checksums.verify(snapshot);
      return snapshot.fault() == null && !snapshot.isOriginal();
    } catch (BackupException damaged) {
      return false;
    }
  }

  private static boolean isCovered(StoredSnapshot here, Map<String, String> theirs)
      throws IOException {
    return theirs.entrySet().containsAll(Checksums.read(here.checksums()).entrySet());
  }

  /** What is here under the name is never replaced by something else. */
  static void requireSame(StoredSnapshot here, boolean same) {
    if (!same) {
      throw new BackupException(
          ErrorCode.SNAPSHOT_OF_ANOTHER,
          "another snapshot with the name %s is on this machine".formatted(here.id()),
          "Fetch it with another data root: set WORK_BUDDY_DATA_DIR to a new directory.");
    }
  }

  /** A file that has to be there. */
  static RemoteFile file(Remote remote, RemoteSnapshot wanted, String name) {
    return wanted.file(name).orElseThrow(() -> missing(remote, wanted, name));
  }

  static Path download(
      Remote remote, RemoteSnapshot wanted, RemoteFile file, Path target, Progress progress)
      throws InterruptedException {
    progress.step("fetching %s from %s".formatted(file.name(), remote.name()));
    RemoteResult<Path> result = remote.download(wanted, file, target, progress);
    if (result instanceof Failed<Path> failed && failed.fault() == RemoteFault.QUOTA) {
      throw new BackupException(
          ErrorCode.DISK_FULL,
          "cannot fetch %s: the disk that holds %s is full"
              .formatted(wanted.id(), target.getParent()),
          "Free some space there, or move paths.data_root to a larger disk.");
    }
    return result.orThrow();
  }

  /** What belongs to the parts alone leaves the checksums, so that they are the original ones. */
  private void verify(Remote remote, RemoteSnapshot wanted, Path partial) throws IOException {
    Path sums = partial.resolve(Checksums.FILE_NAME);
    Map<String, String> all = Checksums.read(sums);
    all.keySet().removeIf(Parts::isPart);
    DurableFiles.write(sums, Checksums.document(all));
    StoredSnapshot fetched = store.read(wanted.id(), partial);
    try {
      Checksums.verify(fetched);
    } catch (BackupException damaged) {
      throw damaged(remote, wanted, damaged.text(), damaged);
    }
    DurableFiles.syncFile(fetched.tarball());
    DurableFiles.syncFile(partial.resolve(Manifest.FILE_NAME));
  }

  static BackupException damaged(
      Remote remote, RemoteSnapshot wanted, String what, @Nullable BackupException cause) {
    return new BackupException(
        ErrorCode.REMOTE_DAMAGED,
        "%s in %s is damaged: %s".formatted(wanted.id(), remote.name(), what),
        hint(remote, wanted),
        cause);
  }

  static BackupException missing(Remote remote, RemoteSnapshot wanted, String what) {
    return new BackupException(
        ErrorCode.REMOTE_DAMAGED,
        "%s in %s is not whole: %s is not there".formatted(wanted.id(), remote.name(), what),
        hint(remote, wanted));
  }

  private static String hint(Remote remote, RemoteSnapshot wanted) {
    String other =
        "Choose another snapshot, or another place: " + RemoteListing.hint(remote.name());
    return wanted.ours()
        ? "`wb-backup push %s` sends it again, if it is on this machine. Else: %s"
            .formatted(wanted.id(), other)
        : other;
  }
}
