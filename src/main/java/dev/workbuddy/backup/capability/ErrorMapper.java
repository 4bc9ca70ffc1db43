package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.ProgramErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Turns everything that a call may throw, an {@link Error} as well, into an error for users. */
public final class ErrorMapper {
  private ErrorMapper() {}

  /** Returns the failure as an error with a code, a message and a hint. */
  public static BackupException of(Throwable error) {
    return switch (error) {
      case BackupException known -> known;
      case InterruptedException e ->
          new BackupException(ErrorCode.INTERRUPTED, "interrupted", "Run it again.", e);
      case UncheckedIOException e when e.getCause() != null -> ofIo(e.getCause());
      case IOException e -> ofIo(e);
      case CompletionException e when e.getCause() != null -> of(e.getCause());
      case ExecutionException e when e.getCause() != null -> of(e.getCause());
      default -> ProgramErrors.of(error);
    };
  }

  /** Where a file could not be made, the directory is what does not permit it. */
  private static Path culprit(Path file) {
    Path place = file.toAbsolutePath();
    while (!Files.exists(place) && place.getParent() != null) {
      place = place.getParent();
    }
    return place;
  }

  private static BackupException ofIo(IOException error) {
    String message = String.valueOf(error.getMessage());
    if (Space.ranOut(error)) {
      return new BackupException(
          ErrorCode.DISK_FULL, "the disk is full: " + message, "Free some space there.", error);
    }
    if (error instanceof AccessDeniedException denied) {
      return new BackupException(
          ErrorCode.IO_FAILED,
          "not permitted: " + culprit(Path.of(denied.getFile())),
          "Check who owns it, and run as the user who owns the data.",
          error);
    }
    if (message.endsWith("Read-only file system")) {
      return new BackupException(
          ErrorCode.IO_FAILED,
          "the disk can only be read: " + IoMessages.of(error),
          "Mount it for writing. `list`, `show`, `verify` and `restore --to` work as it is.",
          error);
    }
    return new BackupException(
        ErrorCode.IO_FAILED,
        IoMessages.of(error),
        "Check the disk and the permissions, then try again.",
        error);
  }
}
