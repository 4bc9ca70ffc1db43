package dev.workbuddy.backup.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.testing.ObedientClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryPolicyTest {
  private final ObedientClock clock = new ObedientClock("2026-11-22T10:00:00Z");
  private final RetryPolicy policy = new RetryPolicy(clock, new Random(1));

  private static RemoteResult<String> failure(RemoteFault fault) {
    return RemoteResult.failed(fault, "it broke", "mend it");
  }

  private RemoteResult<String> run(Deque<RemoteResult<String>> script) throws Exception {
    return policy.run(script::remove);
  }

  @Test
  void run_passingFaults_areTriedThreeTimesWithGrowingWaits() throws Exception {
    var script =
        new ArrayDeque<>(
            List.of(
                failure(RemoteFault.NETWORK),
                failure(RemoteFault.TIMEOUT),
                RemoteResult.ok("there")));

    assertThat(run(script).orThrow()).isEqualTo("there");
    assertThat(clock.waits()).hasSize(2);
    assertThat(clock.waits().get(0)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertThat(clock.waits().get(1)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
  }

  @Test
  void run_faultThatStays_isGivenUpAfterTheThirdAttempt() throws Exception {
    var script = new ArrayDeque<RemoteResult<String>>();
    for (int i = 0; i < 4; i++) {
      script.add(failure(RemoteFault.NETWORK));
    }

    assertThat(run(script).isOk()).isFalse();
    assertThat(script).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = RemoteFault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NETWORK", "TIMEOUT", "RATE_LIMITED"})
  void run_faultThatDoesNotPass_isTriedOnce(RemoteFault fault) throws Exception {
    var script = new ArrayDeque<>(List.of(failure(fault), RemoteResult.ok("never")));

    assertThat(run(script)).isEqualTo(failure(fault));
    assertThat(clock.waits()).isEmpty();
  }

  @Test
  void run_rateLimit_waitsAsLongAsWasAskedFor() throws Exception {
    RemoteResult<String> limited =
        new Failed<>(RemoteFault.RATE_LIMITED, "slow down", "wait", Duration.ofSeconds(40));

    assertThat(run(new ArrayDeque<>(List.of(limited, RemoteResult.ok("x")))).isOk()).isTrue();
    assertThat(clock.waits().getFirst()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(44));
  }

  @Test
  void run_rateLimitOfAnHour_isLeftToALaterRun() throws Exception {
    RemoteResult<String> limited =
        new Failed<>(RemoteFault.RATE_LIMITED, "slow down", "wait", Duration.ofHours(1));

    assertThat(run(new ArrayDeque<>(List.of(limited))).isOk()).isFalse();
    assertThat(clock.waits()).isEmpty();
  }
}
