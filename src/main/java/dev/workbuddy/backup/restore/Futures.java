package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.Boundary;
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
      throw Boundary.unchecked(e.getCause());
    }
  }
}
