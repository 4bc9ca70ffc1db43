package dev.workbuddy.backup.io;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as people read them. */
public final class Moment {
  private Moment() {}

  /** ISO 8601 in UTC, in whole seconds. */
  public static String text(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
