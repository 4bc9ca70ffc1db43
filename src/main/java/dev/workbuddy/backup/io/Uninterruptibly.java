package dev.workbuddy.backup.io;

import java.util.function.Supplier;

/**
 * Work that is done to its end although its thread was interrupted: an interrupt would close the
 * files that it writes. The interrupt is there again afterwards.
 */
public final class Uninterruptibly {
  private Uninterruptibly() {}

  public static <T> T get(Supplier<T> work) {
    boolean interrupted = Thread.interrupted();
    try {
      return work.get();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
