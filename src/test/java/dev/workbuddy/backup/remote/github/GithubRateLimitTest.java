package dev.workbuddy.backup.remote.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.RemoteFault;
import dev.workbuddy.backup.remote.RemoteResult.Failed;
import dev.workbuddy.backup.testing.github.Fault;
import dev.workbuddy.backup.testing.github.Operation;
import dev.workbuddy.backup.testing.github.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What happens where GitHub asks for a pause. */
class GithubRateLimitTest extends GithubScene {
  @Test
  void push_hourlyLimitSoonOver_waitsAsTold() throws Exception {
    place.world().limitUntil(clock.instant().plusSeconds(90));
    pushed(persistent());
    assertThat(clock.waits()).hasSize(1);
    assertThat(clock.waits().getFirst()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(105));
  }

  @Test
  void push_hourlyLimitLong_givesUpAtOnceAndSaysHowLong() throws Exception {
    place.world().limitUntil(clock.instant().plus(Duration.ofMinutes(50)));
    Failed<?> failed = failed(push(persistent()), RemoteFault.RATE_LIMITED);
    assertThat(failed.retryAfter()).isEqualTo(Duration.ofMinutes(50).plusSeconds(1));
    assertThat(clock.waits()).isEmpty();
  }

  @Test
  void push_limitReachedWhereGhHidesTheWords_isKnownByTheHeaders() throws Exception {
    faults()
        .next(
            Operation.FIND_RELEASE,
            new Fault.Meanwhile(() -> place.world().limitUntil(clock.instant().plusSeconds(60))));
    assertThat(failed(push(ours()), RemoteFault.RATE_LIMITED).retryAfter())
        .isEqualTo(Duration.ofSeconds(61));
  }

  @Test
  void push_secondaryLimit_waitsAsTold() throws Exception {
    Reply limit = Reply.secondaryLimit(Duration.ofSeconds(33));
    faults().next(Operation.CREATE_RELEASE, limit).next(Operation.READ_REPOSITORY, limit);
    pushed(persistent());
    assertThat(clock.waits()).hasSize(1);
    assertThat(clock.waits().getFirst()).isBetween(Duration.ofSeconds(33), Duration.ofSeconds(37));
    assertThat(there()).containsExactly(whole(ID));
  }

  @Test
  void push_secondaryLimitOnCreationsAlone_waitsAMinute() throws Exception {
    faults().next(Operation.CREATE_RELEASE, Reply.secondaryLimit(Duration.ofSeconds(33)));
    pushed(persistent());
    assertThat(clock.waits().getFirst()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(66));
  }
}
