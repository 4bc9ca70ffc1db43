package dev.workbuddy.backup.remote;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One file to be sent: a whole file of this machine, or a stretch of one.
 *
 * @param name the file's name in the remote
 * @param sha256 of exactly these bytes, 64 hexadecimal digits
 * @param source the file that the bytes are in
 * @param offset where they begin in it
 */
public record Piece(String name, long bytes, String sha256, Path source, long offset) {

  /** Returns a piece with these bytes and another name. */
  public Piece named(String other) {
    return new Piece(other, bytes, sha256, source, offset);
  }

  /** Whether it is all of its source, so that a tool can be given that file itself. */
  public boolean isWhole() throws IOException {
    return offset == 0 && Files.size(source) == bytes;
  }

  /** Its bytes, from the first to the last. */
  public InputStream open() throws IOException {
    FileChannel channel = FileChannel.open(source, StandardOpenOption.READ);
    channel.position(offset);
    return new BufferedInputStream(new Stretch(Channels.newInputStream(channel), bytes), 1 << 16);
  }

  /** Reads no further than a given number of bytes. */
  private static final class Stretch extends FilterInputStream {
    private long left;

    Stretch(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int start, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read(buffer, start, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
