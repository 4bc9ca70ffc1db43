package dev.workbuddy.backup.snapshot.archive;

import dev.workbuddy.backup.io.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

/** A new file that is hashed as it is written. */
final class TarballFile extends OutputStream {
  private final FileChannel channel;
  private final MessageDigest sha256 = Sha256.digest();
  private long bytes;

  TarballFile(Path path) throws IOException {
    channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            DurableFiles.privateFile());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(from, offset, length);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    sha256.update(from, offset, length);
    bytes += length;
  }

  /** What was written so far; ends the hashing. */
  ArchiveDigest digest() {
    return new ArchiveDigest(bytes, HexFormat.of().formatHex(sha256.digest()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
