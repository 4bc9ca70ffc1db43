package dev.workbuddy.backup.snapshot.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * The frame of one gzip member as written here (RFC 1952): no name, no time, and one extra subfield
 * {@code WB} that holds the member's whole length in bytes as a little-endian 32-bit number. Every
 * gzip tool reads such members one after the other; one that knows the subfield finds the next
 * member without inflating, and so can inflate many at once.
 */
final class GzipMember {
  static final int HEADER_BYTES = 20;
  static final int TRAILER_BYTES = 8;

  private static final byte[] FIXED_HEADER = {
    0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 255, 8, 0, 'W', 'B', 4, 0
  };

  private GzipMember() {}

  static void putHeader(byte[] member, int memberBytes) {
    littleEndian(member).put(FIXED_HEADER).putInt(memberBytes);
  }

  static void putTrailer(byte[] member, int offset, int crc32, int plainBytes) {
    littleEndian(member).position(offset).putInt(crc32).putInt(plainBytes);
  }

  /** The member's length when these first bytes are a header of ours; it is not checked. */
  static OptionalInt length(byte[] header, int available) {
    if (available < HEADER_BYTES) {
      return OptionalInt.empty();
    }
    ByteBuffer fixed = ByteBuffer.wrap(header, 0, FIXED_HEADER.length);
    return fixed.equals(ByteBuffer.wrap(FIXED_HEADER))
        ? OptionalInt.of(littleEndian(header).getInt(FIXED_HEADER.length))
        : OptionalInt.empty();
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
