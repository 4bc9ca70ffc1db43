package dev.workbuddy.backup.testing;

import dev.workbuddy.backup.io.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still until somebody waits on it or moves it. */
public final class ObedientClock implements InstantSource, Sleeper {
  private final List<Duration> waits = new ArrayList<>();
  private Instant now;

  public ObedientClock(String now) {
    this.now = Instant.parse(now);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    waits.add(duration);
    now = now.plus(duration);
  }

  public synchronized void moveTo(String moment) {
    now = Instant.parse(moment);
  }

  /** How long each wait was. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }
}
