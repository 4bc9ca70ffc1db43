package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;

/**
 * Why a snapshot cannot be used as it lies there.
 *
 * @param text what is wrong
 * @param hint what the user can do
 * @param sparesDatabases whether all databases are sound, and only what lies beside them is not
 */
public record SnapshotProblem(ErrorCode code, String text, String hint, boolean sparesDatabases) {

  SnapshotProblem(ErrorCode code, String text, String hint) {
    this(code, text, hint, false);
  }

  static SnapshotProblem of(BackupException error) {
    return new SnapshotProblem(error.code(), error.text(), error.hint());
  }

  static SnapshotProblem notPermitted(String file) {
    return new SnapshotProblem(
        ErrorCode.IO_FAILED,
        "not permitted: " + file,
        "Run as the user who owns it, or give it to the one who runs wb-backup.");
  }

  static SnapshotProblem of(ErrorCode code, String text) {
    return new SnapshotProblem(code, text, "Choose another snapshot: `wb-backup list` shows them.");
  }

  /** The fault as the error that an operation on the snapshot ends with. */
  public BackupException asError() {
    return new BackupException(code, text, hint);
  }
}
