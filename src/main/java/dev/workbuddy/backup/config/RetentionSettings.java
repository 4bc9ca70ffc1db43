package dev.workbuddy.backup.config;

/**
 * How many snapshots each tier keeps. Zero switches a tier off.
 *
 * @param minimumKeep a sweep never leaves fewer good snapshots than this; at least 1
 */
public record RetentionSettings(
    int hourly,
    int daily,
    int weekly,
    int monthly,
    int annual,
    int manual,
    int agent,
    int minimumKeep) {

  /** The cap of a tier without an upper limit. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /**
   * 24 hours, 7 days, 4 weeks, 12 months, every year, 20 manual ones, 20 of agents, and never fewer
   * than 3.
   */
  public static RetentionSettings defaults() {
    return new RetentionSettings(24, 7, 4, 12, UNBOUNDED, 20, 20, 3);
  }
}
