package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.util.concurrent.atomic.AtomicInteger;

/** The progress of work that somebody withdraws while a process is at it. */
public final class Withdrawn implements Progress {
  private final AtomicInteger looks;

  private Withdrawn(AtomicInteger looks) {
    this.looks = looks;
  }

  /**
   * Withdraws as soon as a process of its own does the work.
   *
   * @param looks counts how often that was seen
   */
  public static Progress afterStarting(AtomicInteger looks) {
    return new Withdrawn(looks);
  }

  @Override
  public void step(String what) {}

  @Override
  public void advance(long done, long total) {}

  @Override
  public void checkpoint() {
    boolean started = ProcessHandle.current().children().anyMatch(ProcessHandle::isAlive);
    if (started && looks.incrementAndGet() > 1) {
      throw new BackupException(ErrorCode.INTERRUPTED, "withdrawn", "Ask again.");
    }
  }
}
