package dev.workbuddy.backup.remote;

import java.time.Duration;

/** How long a tool may take: a fixed time to get going, and more with every byte to be moved. */
public final class TimeLimits {
  private static final Duration START = Duration.ofMinutes(2);
  private static final long SLOWEST_BYTES_PER_SECOND = 50_000;

  private TimeLimits() {}

  /** For a question with a short answer. */
  public static Duration ofQuestion() {
    return START;
  }

  /** For moving that many bytes over a line as slow as is still of use. */
  public static Duration ofMoving(long bytes) {
    return START.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
  }
}
