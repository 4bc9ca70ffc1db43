package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.Progress;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does something at the moment when a step begins. */
final class AtStep implements Progress {
  interface Action {
    void run() throws Exception;
  }

  private final String step;
  private final Action action;
  private final AtomicBoolean fired = new AtomicBoolean();

  AtStep(String step, Action action) {
    this.step = step;
    this.action = action;
  }

  @Override
  public void step(String what) {
    if (what.equals(step)) {
      try {
        action.run();
      } catch (Exception e) {
        throw new AssertionError("at step " + what, e);
      }
      fired.set(true);
    }
  }

  @Override
  public void advance(long done, long total) {}

  /** Whether the step came and the action was done. */
  boolean fired() {
    return fired.get();
  }

  /** Several of them. */
  static final class Steps implements Progress {
    private final List<AtStep> all;

    Steps(AtStep... all) {
      this.all = List.of(all);
    }

    @Override
    public void step(String what) {
      all.forEach(one -> one.step(what));
    }

    @Override
    public void advance(long done, long total) {}

    /** Whether each of them has come. */
    boolean fired() {
      return all.stream().allMatch(AtStep::fired);
    }
  }
}
