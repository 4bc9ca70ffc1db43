package dev.workbuddy.backup.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on by a second whenever somebody looks at it. */
final class TickingClock implements InstantSource {
  private final AtomicReference<Instant> now;

  TickingClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.getAndUpdate(before -> before.plusSeconds(1));
  }

  void advance(Duration duration) {
    now.updateAndGet(before -> before.plus(duration));
  }
}
