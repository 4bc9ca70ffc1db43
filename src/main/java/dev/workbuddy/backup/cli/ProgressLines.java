package dev.workbuddy.backup.cli;

import java.io.PrintStream;

/** A plain line for each step, for logs and pipes. */
record ProgressLines(PrintStream err) implements ConsoleProgress {
  @Override
  public void step(String what) {
    err.println(what);
  }

  @Override
  public void advance(long done, long total) {}

  @Override
  public void close() {}
}
