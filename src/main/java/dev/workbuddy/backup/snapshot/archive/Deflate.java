package dev.workbuddy.backup.snapshot.archive;

import java.util.zip.ZipException;

/** Raw deflate (RFC 1951) of whole buffers. Holds no state between calls; for many threads. */
sealed interface Deflate permits Libdeflate, ZlibDeflate {
  /** More than any implementation needs for bytes that do not compress. */
  static int worstCase(int plainBytes) {
    return plainBytes + plainBytes / 8 + 64;
  }

  /** The fastest that this system has. */
  static Deflate ofSystem() {
    return ofSystem(CompressionLevel.USUAL);
  }

  /** Returns the fastest that this system has for a compression level. */
  static Deflate ofSystem(CompressionLevel level) {
    return Libdeflate.find(level)
        .<Deflate>map(library -> library)
        .orElseGet(() -> new ZlibDeflate(level));
  }

  /**
   * Compresses the first bytes of a buffer.
   *
   * @param to has room for {@link #worstCase} behind the offset
   * @return how many bytes were written
   */
  int deflate(byte[] from, int length, byte[] to, int offset);

  /**
   * Fills the beginning of a buffer with the plain bytes.
   *
   * @param to has at least one byte more than expected
   * @throws ZipException where the input is corrupt, or gives another number of bytes, or does not
   *     end with the last of them
   */
  void inflate(byte[] from, int offset, int length, byte[] to, int plainBytes) throws ZipException;

  /** What {@link #inflate} throws for input that is well-formed but not of the expected size. */
  static ZipException sizeDiffers() {
    return new ZipException("a gzip member and its size do not agree");
  }
}
