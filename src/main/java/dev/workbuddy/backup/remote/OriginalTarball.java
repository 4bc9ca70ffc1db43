package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotProblem;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The tarball of a snapshot that the original Python work-buddy pushed. Nothing of it has checksums
 * but what the remote itself computed.
 */
record OriginalTarball(RemoteFile file) {

  static Optional<OriginalTarball> of(RemoteSnapshot snapshot) {
    return snapshot.isOriginal()
        ? snapshot.files().stream()
            .filter(file -> isName(snapshot, file.name()))
            .findFirst()
            .map(OriginalTarball::new)
        : Optional.empty();
  }

  private static boolean isName(RemoteSnapshot snapshot, String name) {
    return Parts.isTarballOf(snapshot.id(), name) || name.equals(StoredSnapshot.ORIGINAL_TARBALL);
  }

  /**
   * Fetches it into a partial directory, under the name that the original gives it, and checks what
   * can be: the remote's checksum, that it can be unpacked, and that it holds a manifest.
   *
   * @param here the snapshot of that name in the local history
   * @return false where the same is here already
   */
  boolean bring(
      Remote remote,
      RemoteSnapshot wanted,
      Optional<StoredSnapshot> here,
      LocalStore store,
      Path partial,
      Progress progress)
      throws IOException, InterruptedException {
    Optional<StoredSnapshot> sound = here.filter(snapshot -> snapshot.fault() == null);
    if (sound.isPresent() && Checksums.sha256(sound.get().tarball()).equals(file.sha256())) {
      return false;
    }
    Path tarball = partial.resolve(StoredSnapshot.ORIGINAL_TARBALL);
    Fetch.download(remote, wanted, file, tarball, progress);
    String sum = Checksums.sha256(tarball);
    if (file.sha256() != null && !file.sha256().equals(sum)) {
      throw Fetch.damaged(remote, wanted, "its checksum there is another", null);
    }
    if (sound.isPresent()) {
      Fetch.requireSame(sound.get(), Checksums.sha256(sound.get().tarball()).equals(sum));
      return false;
    }
    requireReadable(remote, wanted, store.read(wanted.id(), partial));
    DurableFiles.syncFile(tarball);
    return true;
  }

  private static void requireReadable(Remote remote, RemoteSnapshot wanted, StoredSnapshot fetched)
      throws IOException {
    SnapshotProblem problem = fetched.fault();
    if (problem != null) {
      throw Fetch.damaged(remote, wanted, problem.asError().text(), null);
    }
    try {
      new ArchiveReader(1).list(fetched.tarball());
    } catch (BackupException e) {
      throw Fetch.damaged(remote, wanted, e.text(), e);
    }
  }
}
