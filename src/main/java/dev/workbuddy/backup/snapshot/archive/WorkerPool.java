package dev.workbuddy.backup.snapshot.archive;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A few daemon threads whose failures reach whoever waits for them as they were thrown. */
final class WorkerPool implements Closeable {
  private final ExecutorService pool;

  WorkerPool(String name, int threads) {
    this(
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name(name + "-", 1).factory()));
  }

  WorkerPool(ExecutorService pool) {
    this.pool = pool;
  }

  <T> Future<T> submit(Callable<T> task) {
    return pool.submit(task);
  }

  /** Waits for a result. An interrupt is a {@link BackupException} and leaves the flag set. */
  static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw rethrown(e);
    }
  }

  static BackupException interrupted(Exception cause) {
    return new BackupException(
        ErrorCode.INTERRUPTED, "The work on an archive was interrupted.", "Run it again.", cause);
  }

  private static IllegalStateException rethrown(ExecutionException failure) throws IOException {
    return switch (failure.getCause()) {
      case IOException cause -> throw cause;
      case RuntimeException cause -> throw cause;
      case Error cause -> throw cause;
      case null, default -> new IllegalStateException(failure);
    };
  }

  /** Drops what has not begun, waits for what has, and ends the threads. */
  @Override
  public void close() {
    pool.shutdownNow();
    pool.close();
  }
}
