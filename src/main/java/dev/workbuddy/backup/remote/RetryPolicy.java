package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Tries again what failed for a reason that passes: up to three times in all, after a short wait
 * that grows and varies, or after the wait that the remote asked for. What will not pass by itself
 * is not tried again.
 */
public final class RetryPolicy {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration RATE_LIMIT_WAIT = Duration.ofMinutes(1);

  /** Waiting longer would hold up what comes next; a later run catches up instead. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Sleeper sleeper;
  private final RandomGenerator random;

  public RetryPolicy(Sleeper sleeper, RandomGenerator random) {
    this.sleeper = sleeper;
    this.random = random;
  }

  /** One attempt at something idempotent. */
  @FunctionalInterface
  public interface Attempt<T> {
    RemoteResult<T> run() throws InterruptedException;
  }

  /** The first success, or the last failure. */
  public <T> RemoteResult<T> run(Attempt<T> attempt) throws InterruptedException {
    RemoteResult<T> result = attempt.run();
    for (int done = 1; done < ATTEMPTS && result instanceof Failed<T> failed; done++) {
      Duration wait = wait(failed, done);
      if (!failed.retryable() || wait.compareTo(LONGEST_WAIT) > 0) {
        return result;
      }
      sleeper.sleep(wait);
      result = attempt.run();
    }
    return result;
  }

  private Duration wait(Failed<?> failed, int done) {
    Duration asked = failed.retryAfter();
    if (failed.fault() == RemoteFault.RATE_LIMITED) {
      return varied(Objects.requireNonNullElse(asked, RATE_LIMIT_WAIT), 0.1);
    }
    return varied(
        Objects.requireNonNullElse(asked, FIRST_WAIT.multipliedBy(1L << (2 * done - 2))), 0.5);
  }

  /** A little longer, so that machines that failed together do not come back together. */
  private Duration varied(Duration wait, double share) {
    return wait.plusMillis((long) (wait.toMillis() * share * random.nextDouble()));
  }
}
