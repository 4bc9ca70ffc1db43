package dev.workbuddy.backup.snapshot.archive;

import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Words what is wrong with one tarball. */
record ArchiveErrors(Path tarball) {
  private static final int QUOTED_CHARACTERS = 120;

  BackupException damaged(String what) {
    return damaged(what, null);
  }

  BackupException damaged(String what, @Nullable Throwable cause) {
    return new BackupException(
        ErrorCode.ARCHIVE_DAMAGED,
        "The archive %s is damaged: %s".formatted(tarball, what),
        "Choose another snapshot (`wb-backup verify --all` shows which are sound), or copy this one"
            + " again from where you keep another copy.",
        cause);
  }

  BackupException unsafe(String what) {
    return new BackupException(
        ErrorCode.ARCHIVE_UNSAFE,
        "The archive %s was refused: %s".formatted(tarball, what),
        "Do not unpack this file by hand either; restore a snapshot whose origin you know.");
  }

  /** A name from the archive, fit to be shown on a terminal. */
  static String quote(String name) {
    return '"' + SafeText.shortened(SafeText.visible(name), QUOTED_CHARACTERS) + '"';
  }
}
