package dev.workbuddy.backup.remote;

import java.time.Duration;

/**
 * How long a tool may take. A question is answered soon or not at all. What moves bytes may take as
 * long as they need on a very slow line, as long as they move.
 */
public final class TimeLimits {
  private static final Duration STILL = Duration.ofMinutes(2);
  private static final Duration QUESTION = Duration.ofMinutes(10);
  private static final long SLOWEST_BYTES_PER_SECOND = 2_000;

  private TimeLimits() {}

  /** How long a tool may move nothing. */
  public static Duration ofStandingStill() {
    return STILL;
  }

  /** For a question with an answer of no great length. */
  public static Duration ofQuestion() {
    return QUESTION;
  }

  /** For moving that many bytes. */
  public static Duration ofMoving(long bytes) {
    return QUESTION.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
  }
}
