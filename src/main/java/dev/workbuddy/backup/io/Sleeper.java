package dev.workbuddy.backup.io;

import java.time.Duration;

/** How to let time pass; tests pass a clock that jumps instead. */
@FunctionalInterface
public interface Sleeper {

  void sleep(Duration duration) throws InterruptedException;

  /** Really waits. */
  static Sleeper real() {
    return Thread::sleep;
  }
}
