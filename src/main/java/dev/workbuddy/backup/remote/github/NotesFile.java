package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.remote.RemoteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A release's body on its way to {@code gh}, which reads it from a file. */
final class NotesFile {
  private NotesFile() {}

  /** Does something with the file, which is there only meanwhile. */
  static <T> RemoteResult<T> with(Path scratch, String text, RemoteResult.Next<Path, T> use)
      throws InterruptedException {
    try {
      Path file = Files.createTempFile(scratch, "notes-", ".md");
      try {
        Files.writeString(file, text);
        return use.from(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return LocalIoFailure.failed("write in " + scratch, e);
    }
  }
}
