package dev.workbuddy.backup.snapshot.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * One block of input on its way to becoming a gzip member. Reused for many blocks; used by one
 * thread at a time.
 */
final class GzipBlock {
  private final byte[] plain;
  private final byte[] member;
  private final Deflate deflate;
  private final CRC32 crc = new CRC32();
  private int plainBytes;
  private int memberBytes;

  GzipBlock(int blockBytes, Deflate deflate) {
    plain = new byte[blockBytes];
    member =
        new byte
            [GzipMember.HEADER_BYTES + Deflate.worstCase(blockBytes) + GzipMember.TRAILER_BYTES];
    this.deflate = deflate;
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
    int start = GzipMember.HEADER_BYTES;
    int end = start + deflate.deflate(plain, plainBytes, member, start);
    memberBytes = end + GzipMember.TRAILER_BYTES;
    GzipMember.putHeader(member, memberBytes);
    GzipMember.putTrailer(member, end, (int) crc.getValue(), plainBytes);
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(member, 0, memberBytes);
  }

  void clear() {
    plainBytes = 0;
  }
}
