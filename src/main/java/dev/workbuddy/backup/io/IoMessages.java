package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What the system said when a file could not be used, in words for people. */
public final class IoMessages {
  private IoMessages() {}

  /** The file and the reason, as far as they are known; no names of Java's classes. */
  public static String of(IOException error) {
    return switch (error) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "not permitted: " + denied.getFile();
      case FileSystemException refused -> of(refused);
      default -> plain(error);
    };
  }

  /** An exception that was made of another one has that one's class in its message. */
  private static String plain(IOException error) {
    if (error.getCause() instanceof IOException cause
        && cause.toString().equals(error.getMessage())) {
      return of(cause);
    }
    return error.getMessage() == null ? "the system gives no reason" : error.getMessage();
  }

  private static String of(FileSystemException refused) {
    String file = refused.getOtherFile() == null ? refused.getFile() : refused.getOtherFile();
    return refused.getReason() == null
        ? file + " cannot be used"
        : "%s: %s".formatted(file, refused.getReason());
  }
}
