package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One request that is being answered. The client may withdraw it: work then ends at its next
 * checkpoint, and waiting for an answer of the client ends at once. Nothing else is interrupted,
 * since an interrupt closes the files that a thread is writing.
 */
final class Call {
  /** The key under which a request's call travels to its handler. */
  static final String KEY = "wb-backup.call";

  private @Nullable Thread asking;
  private boolean withdrawn;

  /** Ends the call as soon as possible. */
  synchronized void withdraw() {
    withdrawn = true;
    stopAsking();
  }

  /** Ends waiting for a client that is gone; work goes on. */
  synchronized void stopAsking() {
    if (asking != null) {
      asking.interrupt();
    }
  }

  synchronized boolean isWithdrawn() {
    return withdrawn;
  }

  /**
   * Refuses to go on with a call that was withdrawn.
   *
   * @throws BackupException {@code interrupted}
   */
  void requireWanted() {
    if (isWithdrawn()) {
      throw new BackupException(
          ErrorCode.INTERRUPTED, "the client cancelled the call", "Call it again if it is wanted.");
    }
  }

  /** Asks the client, in a way that {@link #withdraw} can end. */
  <T> T ask(Supplier<T> question) {
    begin();
    try {
      return question.get();
    } finally {
      end();
    }
  }

  private synchronized void begin() {
    requireWanted();
    asking = Thread.currentThread();
  }

  private synchronized void end() {
    asking = null;
    boolean _ = Thread.interrupted();
  }
}
