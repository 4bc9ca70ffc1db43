package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;

/**
 * Why a run failed, as faces print it.
 *
 * @param code the word of an {@link ErrorCode}
 */
public record RunError(String code, String message, String hint) {

  /** What an exception says. */
  public static RunError of(Exception e) {
    return e instanceof BackupException known
        ? new RunError(known.code().word(), known.text(), known.hint())
        : new RunError(
            ErrorCode.IO_FAILED.word(),
            e instanceof IOException io ? IoMessages.of(io) : String.valueOf(e.getMessage()),
            "");
  }
}
