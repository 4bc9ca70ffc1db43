package dev.workbuddy.backup.snapshot.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;

/**
 * Compresses to gzip on several threads: blocks of the input become independent members, written in
 * order by the calling thread. The number of blocks is fixed, so memory is: for each thread and two
 * more, a block and its compressed form.
 *
 * <p>A failure of a worker surfaces at a later write or at close. After a failure the output is
 * useless and every write fails. For one thread at a time.
 */
final class ParallelGzipOutputStream extends OutputStream {
  static final int BLOCK_BYTES = 1 << 20;

  private final OutputStream out;
  private final WorkerPool pool;
  private final Deque<GzipBlock> idle = new ArrayDeque<>();
  private final Deque<Future<GzipBlock>> compressing = new ArrayDeque<>();
  private boolean begun;
  private boolean ended;

  /** Takes ownership of the output. */
  ParallelGzipOutputStream(OutputStream out, Deflate deflate, int threads) {
    this(out, deflate, BLOCK_BYTES, threads, new WorkerPool("archive-gzip", threads));
  }

  ParallelGzipOutputStream(
      OutputStream out, Deflate deflate, int blockBytes, int threads, WorkerPool pool) {
    this.out = out;
    this.pool = pool;
    for (int i = 0; i < threads + 2; i++) {
      idle.add(new GzipBlock(blockBytes, deflate));
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    if (ended) {
      throw new IOException("the gzip stream has ended");
    }
    int end = offset + length;
    for (int at = offset; at < end; ) {
      GzipBlock current = idle.element();
      at += current.fill(from, at, end - at);
      if (current.isFull()) {
        startCompressing();
      }
    }
  }

  private void startCompressing() throws IOException {
    GzipBlock full = idle.remove();
    begun = true;
    compressing.add(pool.submit(full::compress));
    if (idle.isEmpty()) {
      writeOldest();
    }
  }

  private void writeOldest() throws IOException {
    boolean written = false;
    try {
      GzipBlock done = WorkerPool.await(compressing.remove());
      done.writeTo(out);
      done.clear();
      idle.add(done);
      written = true;
    } finally {
      ended |= !written;
    }
  }

  /** Writes what is left, ends the threads and closes the output. */
  @Override
  public void close() throws IOException {
    try (out;
        pool) {
      if (!ended) {
        finish();
      }
    } finally {
      ended = true;
    }
  }

  private void finish() throws IOException {
    if (!begun || !idle.element().isEmpty()) {
      startCompressing();
    }
    while (!compressing.isEmpty()) {
      writeOldest();
    }
  }
}
