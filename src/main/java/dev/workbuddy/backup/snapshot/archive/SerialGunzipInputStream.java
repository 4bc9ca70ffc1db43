package dev.workbuddy.backup.snapshot.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Reads gzip from any tool: one member or several, with names, comments and extra fields of any
 * length in constant memory. Unlike the JDK's own stream it does not overlook what follows the last
 * member: anything but another member is an error.
 */
final class SerialGunzipInputStream extends InputStream {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final PushbackInputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private int buffered;
  private boolean inMember;

  /** Takes ownership of the input. */
  SerialGunzipInputStream(InputStream in) {
    this.in = new PushbackInputStream(in, buffer.length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    while (inMember || beginMember()) {
      int count = inflate(to, offset, length);
      if (count > 0 || length == 0) {
        crc.update(to, offset, count);
        return count;
      }
      proceed();
    }
    return -1;
  }

  private int inflate(byte[] to, int offset, int length) throws ZipException {
    try {
      return inflater.inflate(to, offset, length);
    } catch (DataFormatException e) {
      throw (ZipException) new ZipException("compressed data is corrupt").initCause(e);
    }
  }

  private void proceed() throws IOException {
    if (inflater.finished()) {
      endMember();
    } else if (inflater.needsInput()) {
      buffered = in.read(buffer);
      if (buffered < 0) {
        throw new EOFException("a gzip member is cut off");
      }
      inflater.setInput(buffer, 0, buffered);
    } else {
      throw new ZipException("compressed data needs a dictionary");
    }
  }

  private boolean beginMember() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    in.unread(first);
    skipHeader();
    inflater.reset();
    crc.reset();
    inMember = true;
    return true;
  }

  private void skipHeader() throws IOException {
    if (number(2) != MAGIC || number(1) != DEFLATE) {
      throw new ZipException("something else than gzip follows");
    }
    long flags = number(1);
    if ((flags & RESERVED) != 0) {
      throw new ZipException("a gzip header has unknown flags");
    }
    in.skipNBytes(6);
    if ((flags & EXTRA) != 0) {
      in.skipNBytes(number(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      in.skipNBytes(2);
    }
  }

  private void skipText() throws IOException {
    while (number(1) != 0) {
      // up to the zero that ends it
    }
  }

  private void endMember() throws IOException {
    long plainBytes = inflater.getBytesWritten();
    int rest = inflater.getRemaining();
    in.unread(buffer, buffered - rest, rest);
    if (number(4) != crc.getValue() || number(4) != (plainBytes & 0xffffffffL)) {
      throw new ZipException("a gzip checksum does not match");
    }
    inMember = false;
  }

  private long number(int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("a gzip member is cut off");
      }
      value |= (long) next << (8 * i);
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    try (in) {
      inflater.end();
    }
  }
}
