package dev.workbuddy.backup.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends this process as a power cut would: {@code kill -9}, with nothing tidied up. */
public final class SuddenDeath {
  private SuddenDeath() {}

  public static void now() {
    try {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-9", self).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("alive after kill -9");
  }

  /** Counts one off, and dies when none is left. */
  public static void countDown(AtomicInteger left) {
    if (left.decrementAndGet() == 0) {
      now();
    }
  }
}
