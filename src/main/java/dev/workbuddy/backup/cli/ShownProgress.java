package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Progress;

/** Progress that a user sees, and that must be taken off the screen at the end. */
interface ShownProgress extends Progress, AutoCloseable {
  @Override
  void close();

  /** Passes on what needs no tidying. */
  static ShownProgress of(Progress progress) {
    return new ShownProgress() {
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
