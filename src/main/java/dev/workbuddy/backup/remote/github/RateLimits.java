package dev.workbuddy.backup.remote.github;

import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long GitHub wants to be left alone. {@code gh} does not tell: it hides the headers that say
 * so, except where it is asked to show all of them.
 */
final class RateLimits {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Pattern RETRY_AFTER = header("retry-after");
  private static final Pattern REMAINING = header("x-ratelimit-remaining");
  private static final Pattern RESET = header("x-ratelimit-reset");

  private final InstantSource clock;
  private final String asked;

  private RateLimits(InstantSource clock, String asked) {
    this.clock = clock;
    this.asked = asked;
  }

  static RateLimits of(RepositoryName repository, InstantSource clock) {
    return new RateLimits(clock, "repos/" + repository);
  }

  static RateLimits ofAccount(InstantSource clock) {
    return new RateLimits(clock, "user");
  }

  private static Pattern header(String name) {
    return Pattern.compile(
        "^" + name + ": *(\\d{1,18})\\s*$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }

  /** What to ask {@code gh} for the headers. */
  List<String> question() {
    return List.of("api", "-i", asked);
  }

  /** What a complaint that may be about a limit comes to, with the answer to the question. */
  <T> Failed<T> failure(
      GhErrorClassifier classifier, Subprocess.Result answer, String what, String place) {
    GhErrorClassifier again = GhErrorClassifier.of(answer);
    boolean limited = classifier.isRateLimit() || (!answer.ok() && again.isRateLimit());
    return limited
        ? new Failed<>(
            RemoteFault.RATE_LIMITED,
            classifier.detail(what, place),
            "GitHub asks for a pause. Try again later; `gh api rate_limit` shows the limits.",
            wait(answer.stdout()).orElse(null))
        : classifier.asFailure(what, place);
  }

  private Optional<Duration> wait(String headers) {
    @Nullable Long seconds = number(RETRY_AFTER, headers);
    if (seconds != null) {
      return Optional.of(Duration.ofSeconds(seconds));
    }
    @Nullable Long reset = number(RESET, headers);
    @Nullable Long remaining = number(REMAINING, headers);
    if (reset == null || remaining == null || remaining > 0) {
      return Optional.empty();
    }
    Duration wait = Duration.between(clock.instant(), Instant.ofEpochSecond(reset)).plusSeconds(1);
    return Optional.of(wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait);
  }

  private static @Nullable Long number(Pattern header, String headers) {
    return header
        .matcher(headers)
        .results()
        .findFirst()
        .map((MatchResult found) -> Long.parseLong(found.group(1)))
        .orElse(null);
  }
}
