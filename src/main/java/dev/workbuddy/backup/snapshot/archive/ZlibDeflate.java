package dev.workbuddy.backup.snapshot.archive;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/** Java's own zlib, which is everywhere. */
final class ZlibDeflate implements Deflate {
  /** Within 2 % of level 6 in size, and a third quicker. */
  private static final int USUAL = 5;

  private final int level;

  ZlibDeflate(CompressionLevel effort) {
    this.level = effort == CompressionLevel.HASTE ? Deflater.BEST_SPEED : USUAL;
  }

  @Override
  public int deflate(byte[] from, int length, byte[] to, int offset) {
    try (Deflater deflater = new Deflater(level, true)) {
      deflater.setInput(from, 0, length);
      deflater.finish();
      int written = deflater.deflate(to, offset, to.length - offset);
      if (!deflater.finished()) {
        throw new IllegalStateException("a compressed block is larger than any should be");
      }
      return written;
    }
  }

  @Override
  public void inflate(byte[] from, int offset, int length, byte[] to, int plainBytes)
      throws ZipException {
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(from, offset, length);
      int written = 0;
      int count;
      do {
        // One byte more than expected, so that too long a member shows.
        count = inflater.inflate(to, written, plainBytes + 1 - written);
        written += count;
      } while (count > 0 && !inflater.finished());
      if (!inflater.finished() || inflater.getRemaining() > 0 || written != plainBytes) {
        throw Deflate.sizeDiffers();
      }
    } catch (DataFormatException e) {
      throw (ZipException) new ZipException("compressed data is corrupt").initCause(e);
    }
  }
}
