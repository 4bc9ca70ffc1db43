package dev.workbuddy.backup.testing;

import java.util.stream.LongStream;

/** Seeds for property tests: some that always run, and one that nobody has tried before. */
public final class Seeds {
  private Seeds() {}

  /** The seed is part of the test's name, so a failure tells it. */
  public static LongStream of(int fixed) {
    return LongStream.concat(LongStream.rangeClosed(1, fixed), LongStream.of(System.nanoTime()));
  }
}
