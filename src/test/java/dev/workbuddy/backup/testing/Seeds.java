package dev.workbuddy.backup.testing;

import java.util.stream.LongStream;

/**
 * Seeds for property tests: some that always run, and one that nobody has tried before. {@code
 * -DfreshSeeds=500} makes that many of the latter, to look for what happens seldom.
 */
public final class Seeds {
  private static final int FRESH = Integer.getInteger("freshSeeds", 1);

  private Seeds() {}

  /** The seed is part of the test's name, so a failure tells it. */
  public static LongStream of(int fixed) {
    long first = System.nanoTime();
    return LongStream.concat(
        LongStream.rangeClosed(1, fixed), LongStream.range(first, first + FRESH));
  }
}
