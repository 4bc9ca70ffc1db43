package dev.workbuddy.backup.snapshot.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * The buffers and the deflater that turn one block of input into one gzip member. Reused for many
 * blocks; used by one thread at a time.
 */
final class GzipBlock {
  private final byte[] plain;
  private final byte[] member;
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private int plainBytes;
  private int memberBytes;

  GzipBlock(int blockBytes, int level) {
    plain = new byte[blockBytes];
    member = new byte[worstCase(blockBytes)];
    deflater = new Deflater(level, true);
  }

  /** Generous: some builds of zlib spend nine bits on a byte that does not compress. */
  private static int worstCase(int blockBytes) {
    return blockBytes + blockBytes / 8 + 64 + GzipMember.HEADER_BYTES + GzipMember.TRAILER_BYTES;
  }

  /** Takes as many bytes as there is room for, and says how many. */
  int fill(byte[] from, int offset, int length) {
    int taken = Math.min(length, plain.length - plainBytes);
    System.arraycopy(from, offset, plain, plainBytes, taken);
    plainBytes += taken;
    return taken;
  }

  boolean isFull() {
    return plainBytes == plain.length;
  }

  boolean isEmpty() {
    return plainBytes == 0;
  }

  GzipBlock compress() {
    crc.reset();
    crc.update(plain, 0, plainBytes);
    int end = GzipMember.HEADER_BYTES + deflate();
    memberBytes = end + GzipMember.TRAILER_BYTES;
    GzipMember.putHeader(member, memberBytes);
    GzipMember.putTrailer(member, end, (int) crc.getValue(), plainBytes);
    return this;
  }

  private int deflate() {
    deflater.reset();
    deflater.setInput(plain, 0, plainBytes);
    deflater.finish();
    int start = GzipMember.HEADER_BYTES;
    int length = deflater.deflate(member, start, member.length - start - GzipMember.TRAILER_BYTES);
    if (!deflater.finished()) {
      throw new IllegalStateException("a compressed block is larger than any should be");
    }
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(member, 0, memberBytes);
  }

  void clear() {
    plainBytes = 0;
  }

  /** Gives the deflater's native memory back. */
  void release() {
    deflater.end();
  }
}
