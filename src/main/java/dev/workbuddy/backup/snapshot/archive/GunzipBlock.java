package dev.workbuddy.backup.snapshot.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipException;

/** One gzip member on its way from compressed to plain. Reused for many members. */
final class GunzipBlock implements Block {
  static final int MAX_MEMBER_BYTES = 4 << 20;
  static final int MAX_PLAIN_BYTES = 4 << 20;

  private static final int FRAME_BYTES = GzipMember.HEADER_BYTES + GzipMember.TRAILER_BYTES;

  private final Deflate deflate;
  private byte[] member = new byte[1 << 19];
  private byte[] plain = new byte[0];
  private int memberBytes;
  private int plainBytes;

  GunzipBlock(Deflate deflate) {
    this.deflate = deflate;
  }

  /** Reads the next member whole; at the end of the input the block becomes the end. */
  void readMember(InputStream in) throws IOException {
    int available = in.readNBytes(member, 0, GzipMember.HEADER_BYTES);
    memberBytes = available == 0 ? 0 : memberBytes(available);
    plainBytes = 0;
    if (memberBytes == 0) {
      return;
    }
    member = withCapacity(member, memberBytes);
    int rest = memberBytes - available;
    if (in.readNBytes(member, available, rest) < rest) {
      throw new EOFException("a gzip member is cut off");
    }
  }

  private int memberBytes(int available) throws ZipException {
    int length =
        GzipMember.length(member, available)
            .orElseThrow(() -> new ZipException("something else follows a gzip member"));
    if (length <= FRAME_BYTES || length > MAX_MEMBER_BYTES) {
      throw new ZipException("a gzip member has an impossible length");
    }
    return length;
  }

  /** Fills the block with the member's plain bytes. */
  GunzipBlock inflate() throws IOException {
    var trailer = GzipMember.littleEndian(member).position(memberBytes - GzipMember.TRAILER_BYTES);
    int expectedCrc = trailer.getInt();
    int expectedBytes = trailer.getInt();
    if (expectedBytes < 0 || expectedBytes > MAX_PLAIN_BYTES) {
      throw new ZipException("a gzip member has an impossible size");
    }
    plain = withCapacity(plain, expectedBytes + 1);
    deflate.inflate(
        member, GzipMember.HEADER_BYTES, memberBytes - FRAME_BYTES, plain, expectedBytes);
    CRC32 crc = new CRC32();
    crc.update(plain, 0, expectedBytes);
    if ((int) crc.getValue() != expectedCrc) {
      throw new ZipException("a gzip checksum does not match");
    }
    plainBytes = expectedBytes;
    return this;
  }

  private static byte[] withCapacity(byte[] buffer, int capacity) {
    if (buffer.length >= capacity) {
      return buffer;
    }
    byte[] larger = new byte[capacity];
    System.arraycopy(buffer, 0, larger, 0, buffer.length);
    return larger;
  }

  @Override
  public byte[] bytes() {
    return plain;
  }

  @Override
  public int length() {
    return plainBytes;
  }

  @Override
  public boolean isEnd() {
    return memberBytes == 0;
  }
}
