package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.restore.LiveDataStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The progress of what replaces the live data. Where the process is stopped in the middle, the work
 * ends at its next step, and a notice says which data is live.
 */
final class InterruptNotice implements ConsoleProgress {
  /** How long to wait for the next step, in seconds; the system's patience is longer. */
  private static final long PATIENCE = 2;

  private final ConsoleProgress shown;
  private final LiveDataStatus status;
  private final PrintStream err;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread atShutdown = Boundary.atShutdown(this::say, this::sayLess);

  private InterruptNotice(ConsoleProgress shown, LiveDataStatus status, PrintStream err) {
    this.shown = shown;
    this.status = status;
    this.err = err;
  }

  static InterruptNotice after(ConsoleProgress shown, LiveDataStatus status, PrintStream err) {
    InterruptNotice progress = new InterruptNotice(shown, status, err);
    Runtime.getRuntime().addShutdownHook(progress.atShutdown);
    return progress;
  }

  private void say() {
    ending.set(true);
    try {
      boolean _ = stopped.await(PATIENCE, TimeUnit.SECONDS);
      shown.close();
      err.println("wb-backup: interrupted: " + status.words());
    } catch (IOException | InterruptedException e) {
      err.println("wb-backup: interrupted: the next command finishes or undoes it");
    }
  }

  private void sayLess(Throwable thrown) {
    err.println("wb-backup: interrupted: the next command finishes or undoes it (" + thrown + ")");
  }

  @Override
  public void step(String what) {
    while (ending.get()) {
      stopped.countDown();
      LockSupport.park(this);
    }
    shown.step(what);
  }

  @Override
  public void advance(long done, long total) {
    shown.advance(done, total);
  }

  @Override
  public void checkpoint() {
    shown.checkpoint();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atShutdown);
      shown.close();
    } catch (IllegalStateException shuttingDown) {
      // The hook runs.
    }
  }
}
