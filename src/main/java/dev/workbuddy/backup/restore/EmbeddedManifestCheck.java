package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.UnpackedFile;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The manifest in the tarball, which must be the one beside it, byte for byte. */
final class EmbeddedManifestCheck {
  private final StoredSnapshot snapshot;

  EmbeddedManifestCheck(StoredSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** Compares the unpacked file if it is the manifest; says whether it is. */
  boolean takes(UnpackedFile file) {
    if (!file.name().equals(Manifest.FILE_NAME)) {
      return false;
    }
    try {
      String beside = Checksums.sha256(snapshot.directory().resolve(Manifest.FILE_NAME));
      if (!beside.equals(file.sha256())) {
        throw new BackupException(
            ErrorCode.MANIFEST_DAMAGED,
            snapshot.id() + ": the manifest in the tarball is not the one beside it",
            "Choose another snapshot: `wb-backup verify --all` shows which are sound.");
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
