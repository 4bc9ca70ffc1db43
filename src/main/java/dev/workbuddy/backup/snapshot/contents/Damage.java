package dev.workbuddy.backup.snapshot.contents;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;

/**
 * Something wrong with a snapshot.
 *
 * @param code the error that a restore would end with
 * @param text what is broken, and where
 */
public record Damage(ErrorCode code, String text) {

  public BackupException asError() {
    return new BackupException(
        code,
        text,
        "Nothing was changed. Choose another snapshot: `wb-backup verify --all` shows which are"
            + " sound.");
  }
}
