package dev.workbuddy.backup.snapshot.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose next blocks are made ready by workers while the current one is read. The blocks
 * are reused, so their number bounds the memory. Failures surface in order: after the bytes before
 * them. For one thread at a time.
 *
 * @param <B> the kind of block
 */
abstract class BlockInputStream<B extends Block> extends InputStream {
  private final Deque<B> idle;
  private final Deque<Future<B>> coming = new ArrayDeque<>();
  private @Nullable B current;
  private int position;
  private boolean ended;

  BlockInputStream(List<B> blocks) {
    idle = new ArrayDeque<>(blocks);
  }

  /** Starts to make the next block ready; an empty block means the end of the stream. */
  abstract Future<B> begin(B block);

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    B block = current;
    while (block == null || position == block.length()) {
      if (ended) {
        return -1;
      }
      block = advance(block);
    }
    int count = Math.min(length, block.length() - position);
    System.arraycopy(block.bytes(), position, to, offset, count);
    position += count;
    return count;
  }

  private B advance(@Nullable B spent) throws IOException {
    if (spent != null) {
      idle.add(spent);
      current = null;
    }
    while (!idle.isEmpty()) {
      coming.add(begin(idle.remove()));
    }
    ended = true; // stays so when the next block fails: what follows it must not be read
    B next = WorkerPool.await(coming.remove());
    ended = next.isEnd();
    current = next;
    position = 0;
    return next;
  }
}
