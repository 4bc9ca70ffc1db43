package dev.workbuddy.backup.snapshot.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Inflates gzip members that carry their length ({@link GzipMember}) on several threads. Reads
 * nothing else: a member without the length is damage, since the writer gives it to every member.
 */
final class ParallelGunzipInputStream extends BlockInputStream<GunzipBlock> {
  private final InputStream in;
  private final WorkerPool pool;

  /** Takes ownership of the input. */
  ParallelGunzipInputStream(InputStream in, Deflate deflate, int threads) {
    this(in, deflate, threads, new WorkerPool("archive-gunzip", threads));
  }

  ParallelGunzipInputStream(InputStream in, Deflate deflate, int threads, WorkerPool pool) {
    super(Stream.generate(() -> new GunzipBlock(deflate)).limit(threads + 2L).toList());
    this.in = in;
    this.pool = pool;
  }

  @Override
  Future<GunzipBlock> begin(GunzipBlock block) {
    try {
      block.readMember(in);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    return block.isEnd() ? CompletableFuture.completedFuture(block) : pool.submit(block::inflate);
  }

  @Override
  public void close() throws IOException {
    try (in) {
      pool.close();
    }
  }
}
