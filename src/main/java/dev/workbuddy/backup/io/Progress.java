package dev.workbuddy.backup.io;

/**
 * Where long work tells how far it is. Calls may come from several threads; an implementation never
 * throws, but at checkpoints, and never blocks for long.
 */
public interface Progress {

  /** A new step of the work begins, for example "copying tasks". */
  void step(String what);

  /**
   * How much of the current step is done.
   *
   * @param done bytes so far
   * @param total bytes in all, or 0 where unknown
   */
  void advance(long done, long total);

  /**
   * A place where the work can end with nothing left behind. Unlike the other two this one may
   * throw, and is not called where a failure would do harm.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException {@code interrupted}, where nobody wants
   *     the work any more
   */
  default void checkpoint() {}

  /**
   * What others wait for is done: what follows may take as long as it likes, and the same work may
   * be begun again meanwhile.
   */
  default void released() {}

  /**
   * Wraps a progress whose steps may quote untrusted names: each step is shown on one line, with
   * control characters made visible.
   */
  static Progress safe(Progress progress) {
    return new Progress() {
      @Override
      public void step(String what) {
        progress.step(SafeText.line(what));
      }

      @Override
      public void advance(long done, long total) {
        progress.advance(done, total);
      }

      @Override
      public void checkpoint() {
        progress.checkpoint();
      }

      @Override
      public void released() {
        progress.released();
      }
    };
  }

  /** Tells nobody. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void step(String what) {}

      @Override
      public void advance(long done, long total) {}
    };
  }
}
