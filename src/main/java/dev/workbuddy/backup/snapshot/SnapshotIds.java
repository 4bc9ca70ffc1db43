package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Gives out ids; two snapshots never share one: a second in the same second waits for the next. */
public final class SnapshotIds {
  private final InstantSource clock;
  private final Sleeper sleeper;

  public SnapshotIds(InstantSource clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** Returns a free id for a snapshot taken now. Requires the run lock. */
  public SnapshotId next(LocalStore store, SnapshotId.Bucket bucket) throws InterruptedException {
    Instant now = clock.instant();
    SnapshotId id = new SnapshotId(now, bucket);
    while (store.isTaken(id)) {
      Instant nextSecond = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
      sleeper.sleep(Duration.between(now, nextSecond));
      now = clock.instant();
      id = new SnapshotId(now, bucket);
    }
    return id;
  }
}
