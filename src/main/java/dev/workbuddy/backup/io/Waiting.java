package dev.workbuddy.backup.io;

import java.time.Duration;

/** How to let time pass; tests pass a clock that jumps instead. */
@FunctionalInterface
public interface Waiting {

  void sleep(Duration duration) throws InterruptedException;

  /** Really waits. */
  static Waiting real() {
    return Thread::sleep;
  }
}
