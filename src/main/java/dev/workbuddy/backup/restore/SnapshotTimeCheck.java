package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;

/** A renamed snapshot would be restored as the data of another day. */
final class SnapshotTimeCheck {
  private SnapshotTimeCheck() {}

  /**
   * Compares the time in the snapshot's name with the one in its manifest.
   *
   * @throws BackupException {@code manifest-damaged} where they differ
   */
  static void require(StoredSnapshot snapshot) {
    Manifest manifest = snapshot.manifest();
    String time = snapshot.id().time().toString();
    if (manifest != null && !snapshot.isOriginal() && !manifest.snapshotTs().equals(time)) {
      throw new BackupException(
          ErrorCode.MANIFEST_DAMAGED,
          snapshot.id() + ": the manifest says that it was taken at " + manifest.snapshotTs(),
          "Give it back the name that its manifest tells.");
    }
  }
}
