package dev.workbuddy.backup.snapshot.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;

/**
 * The blocks of an uncompressed tar archive: headers, and content padded to whole blocks. What the
 * stream cannot give is damage.
 */
final class TarBlocks implements Closeable {
  private static final int MAX_PADDING_BYTES = 1 << 20;

  private final InputStream in;
  private final ArchiveErrors errors;
  private final byte[] block = new byte[TarHeader.BLOCK_BYTES];
  private long unread;
  private long padding;

  /** Takes ownership of the stream. */
  TarBlocks(InputStream in, ArchiveErrors errors) {
    this.in = in;
    this.errors = errors;
  }

  /** The next bytes, up to a whole number of blocks, are the content of a file. */
  void startContent(long bytes) {
    unread = bytes;
    padding = -bytes & (TarHeader.BLOCK_BYTES - 1);
  }

  /** Reads from the content; -1 at its end. */
  int read(byte[] to, int offset, int length) throws IOException {
    if (unread == 0) {
      return -1;
    }
    int count = readSome(to, offset, (int) Math.min(length, unread));
    if (count < 0) {
      throw cutOff();
    }
    unread -= count;
    return count;
  }

  /** Reads over what is left of the content. */
  void skipContent() throws IOException {
    if (unread + padding == 0) {
      return;
    }
    byte[] sink = new byte[1 << 16];
    while (read(sink, 0, sink.length) >= 0) {
      // read over
    }
    readFully(sink, (int) padding);
    padding = 0;
  }

  /** Reads the second zero block and everything after it, which must be zero and not much. */
  void readEnd() throws IOException {
    readBlock();
    byte[] rest = new byte[1 << 13];
    int total = 0;
    int count = block.length;
    boolean zero = isZero(block, count);
    while (zero && total <= MAX_PADDING_BYTES && (count = readSome(rest, 0, rest.length)) >= 0) {
      total += count;
      zero = isZero(rest, count);
    }
    if (count >= 0) {
      throw errors.damaged("something follows the end of the tar archive.");
    }
  }

  static boolean isZero(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The next block; valid until the next call. */
  byte[] readBlock() throws IOException {
    readFully(block, block.length);
    return block;
  }

  private void readFully(byte[] to, int length) throws IOException {
    int at = 0;
    while (at < length) {
      int count = readSome(to, at, length - at);
      if (count < 0) {
        throw cutOff();
      }
      at += count;
    }
  }

  private int readSome(byte[] to, int offset, int length) throws IOException {
    try {
      return in.read(to, offset, length);
    } catch (ClosedByInterruptException e) {
      throw WorkerPool.interrupted(e);
    } catch (IOException e) {
      throw errors.damaged(e.getMessage() + ".", e);
    }
  }

  private RuntimeException cutOff() {
    return errors.damaged("it ends in the middle.");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
