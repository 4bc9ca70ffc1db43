package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Progress;

/** Progress that a user sees, and that must be taken off the screen at the end. */
interface ConsoleProgress extends Progress, AutoCloseable {
  @Override
  void close();

  /** Passes on what needs no tidying. */
  static ConsoleProgress of(Progress progress) {
    return new ConsoleProgress() {
      @Override
      public void step(String what) {
        progress.step(what);
      }

      @Override
      public void advance(long done, long total) {
        progress.advance(done, total);
      }

      @Override
      public void close() {}
    };
  }
}
