package dev.workbuddy.backup.pages;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The pages of a database file that nobody writes and that no connection holds a lock on: closing
 * this would drop such locks. Confined to one thread.
 */
final class PageFile implements Closeable {
  private static final int HEADER = 100;
  private static final int LARGEST_PAGE = 1 << 16;

  /** Pages are mostly asked for in their order, but for those that lead to others. */
  private static final int WINDOW_BYTES = 1 << 16;

  private final FileChannel channel;
  private final int pageSize;
  private final int reserved;
  private final int pages;
  private byte[] window = new byte[0];
  private int windowStart;

  private PageFile(FileChannel channel, ByteBuffer header, long bytes)
      throws UnexpectedPageException {
    this.channel = channel;
    int size = header.getShort(16) & 0xffff;
    this.pageSize = size == 1 ? LARGEST_PAGE : size;
    this.reserved = header.get(20) & 0xff;
    if (pageSize < 512 || Integer.bitCount(pageSize) != 1 || bytes / pageSize > Integer.MAX_VALUE) {
      throw new UnexpectedPageException("pages of " + pageSize + " bytes in a file of " + bytes);
    }
    this.pages = (int) (bytes / pageSize);
  }

  static PageFile open(Path file) throws IOException, UnexpectedPageException {
    FileChannel channel = FileChannel.open(file);
    try {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.BIG_ENDIAN);
      readFully(channel, header, 0);
      return new PageFile(channel, header, channel.size());
    } catch (IOException | UnexpectedPageException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  int pages() {
    return pages;
  }

  int pageSize() {
    return pageSize;
  }

  /** Whether equal bytes mean the same in both files. */
  boolean isLaidOutLike(PageFile other) {
    return pageSize == other.pageSize && reserved == other.reserved;
  }

  /** A page of a b-tree; the first page, which begins with the file's header, is none of ours. */
  TreePage page(int number) throws IOException, UnexpectedPageException {
    if (number < windowStart || number >= windowStart + window.length / pageSize) {
      windowStart = number;
      window = pages(number, Math.max(1, WINDOW_BYTES / pageSize));
    }
    return tree(window, (number - windowStart) * pageSize);
  }

  /** A page that was read with others. */
  TreePage tree(byte[] bytes, int start) {
    return new TreePage(bytes, start, pageSize - reserved);
  }

  /** The number that an overflow page begins with: that of the next one. */
  int next(int number) throws IOException, UnexpectedPageException {
    requirePage(number);
    ByteBuffer beginning = ByteBuffer.allocate(Integer.BYTES);
    readFully(channel, beginning, (number - 1L) * pageSize);
    return beginning.getInt(0);
  }

  /** Some pages from one on, counted from 1, or as many as there are. */
  private byte[] pages(int first, int count) throws IOException, UnexpectedPageException {
    requirePage(first);
    byte[] bytes = new byte[Math.min(count, pages - first + 1) * pageSize];
    readFully(channel, ByteBuffer.wrap(bytes), (first - 1L) * pageSize);
    return bytes;
  }

  /**
   * Reads some pages from one on, counted from 1.
   *
   * @return how many bytes there are of them, at most as many as the array has room for
   */
  int read(int first, byte[] into) throws IOException {
    int count = Math.clamp(pages - first + 1L, 0, into.length / pageSize);
    readFully(channel, ByteBuffer.wrap(into, 0, count * pageSize), (first - 1L) * pageSize);
    return count * pageSize;
  }

  private void requirePage(int number) throws UnexpectedPageException {
    if (number < 2 || number > pages) {
      throw new UnexpectedPageException("there is no page " + number + " for rows");
    }
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long position)
      throws IOException {
    int begin = into.position();
    while (into.hasRemaining()) {
      if (channel.read(into, position + into.position() - begin) < 0) {
        throw new EOFException("the file ends in the middle of a page");
      }
    }
    into.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
