package dev.workbuddy.backup.remote.folder;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.Piece;
import dev.workbuddy.backup.remote.RemoteContext;
import dev.workbuddy.backup.remote.RemoteResult;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is made up here, on its way into a store. */
final class SmallFile {
  private final String name;
  private final byte[] content;

  SmallFile(String name, byte[] content) {
    this.name = name;
    this.content = content;
  }

  /** How it gets there. */
  @FunctionalInterface
  interface Way {
    RemoteResult<String> send(Piece piece) throws IOException, InterruptedException;
  }

  /** Sends it, from a file of the scratch directory that is gone afterwards. */
  RemoteResult<String> send(RemoteContext context, Way way) throws InterruptedException {
    try {
      Path file = Files.createTempFile(context.scratch(), name + "-", ".tmp");
      try {
        Files.write(file, content);
        return way.send(new Piece(name, content.length, Checksums.sha256(content), file, 0));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return RemoteResult.failed(
          RemoteFault.FAILED,
          "cannot write in %s: %s".formatted(context.scratch(), e.getMessage()),
          "Check the disk and its permissions.");
    }
  }
}
