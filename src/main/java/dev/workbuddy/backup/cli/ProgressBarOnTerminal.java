package dev.workbuddy.backup.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** One bar that moves, for people. */
final class ProgressBarOnTerminal implements ConsoleProgress {
  private static final long MEGABYTE = 1_000_000;
  private static final int WIDTH = 100;

  private final ProgressBar bar;

  ProgressBarOnTerminal(PrintStream err) {
    bar =
        new ProgressBarBuilder()
            .setStyle(ProgressBarStyle.ASCII)
            .setUnit(" MB", MEGABYTE)
            .setInitialMax(-1)
            .setMaxRenderedLength(WIDTH)
            .clearDisplayOnFinish()
            .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
            .build();
  }

  @Override
  public void step(String what) {
    bar.setExtraMessage(what);
  }

  @Override
  public void advance(long done, long total) {
    bar.maxHint(total > 0 ? total : -1);
    bar.stepTo(done);
  }

  @Override
  public void close() {
    bar.close();
  }
}
