package dev.workbuddy.backup.restore;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Results of work done on other threads. */
final class Futures {
  private Futures() {}

  /** Waits for the result; what the work threw is thrown here as it was. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
