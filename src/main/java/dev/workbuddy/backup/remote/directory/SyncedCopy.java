package dev.workbuddy.backup.remote.directory;

import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a file that may be long: telling how far it is, ending soon when interrupted, synced. */
final class SyncedCopy {
  private static final int BUFFER = 1 << 18;

  private SyncedCopy() {}

  /**
   * Copies all that is to be read; replaces the target.
   *
   * @param total bytes, for the progress alone
   */
  static void write(InputStream content, Path target, Progress progress, long total)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    try (FileChannel channel =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        done += read;
        progress.advance(done, total);
      }
      channel.force(true);
    }
  }
}
