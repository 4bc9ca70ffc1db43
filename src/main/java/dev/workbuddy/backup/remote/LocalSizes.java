package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How long the files of the snapshots on this machine are, which their copies must be as well. */
record LocalSizes(Map<SnapshotId, StoredSnapshot> snapshots) {
  private static final int BESIDE_NAME = 64 + 2 + 1;

  /** Of a history that can be read; one that cannot contradicts nothing. */
  static LocalSizes of(LocalStore history) {
    try {
      return new LocalSizes(
          history.list().stream()
              .filter(LocalSizes::isWhole)
              .collect(Collectors.toMap(StoredSnapshot::id, Function.identity())));
    } catch (IOException unreadable) {
      return new LocalSizes(Map.of());
    }
  }

  private static boolean isWhole(StoredSnapshot snapshot) {
    boolean readable =
        snapshot.state() == SnapshotState.COMPLETE || snapshot.state() == SnapshotState.INCOMPLETE;
    return readable && !snapshot.isOriginal();
  }

  /**
   * Whether a copy cannot be of the snapshot here. Where sizes differ, the files here are read
   * once: it may be them that are not what they were.
   */
  boolean contradict(RemoteSnapshot copy) {
    StoredSnapshot here = snapshots.get(copy.id());
    try {
      return here != null && differ(copy, here) && isSound(here);
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static boolean differ(RemoteSnapshot copy, StoredSnapshot here) throws IOException {
    String tarball = here.tarball().getFileName().toString();
    List<RemoteFile> pieces =
        copy.file(tarball)
            .map(List::of)
            .orElseGet(
                () ->
                    copy.files().stream()
                        .filter(file -> Parts.whole(file.name()).equals(tarball))
                        .toList());
    return pieces.stream().mapToLong(RemoteFile::bytes).sum() != here.bytes()
        || bytes(copy, Manifest.FILE_NAME)
            != Files.size(here.directory().resolve(Manifest.FILE_NAME))
        || bytes(copy, Checksums.FILE_NAME) != Files.size(here.checksums()) + ofParts(pieces);
  }

  private static long bytes(RemoteSnapshot copy, String name) {
    return copy.file(name).map(RemoteFile::bytes).orElse(0L);
  }

  /** A copy in parts has a checksum for each of them as well. */
  private static long ofParts(List<RemoteFile> pieces) {
    return pieces.stream()
        .map(RemoteFile::name)
        .filter(Parts::isPart)
        .mapToLong(name -> BESIDE_NAME + name.length())
        .sum();
  }

  private static boolean isSound(StoredSnapshot here) throws IOException {
    try {
      Checksums.verify(here);
      return true;
    } catch (BackupException damaged) {
      return false;
    }
  }
}
