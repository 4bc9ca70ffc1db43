package dev.workbuddy.backup.migration;

import java.util.List;

/**
 * A way up a ladder, planned or done.
 *
 * @param from the schema version before
 * @param to the schema version afterwards
 * @param baseline whether a database without a version was taken to be at the ladder's top as it is
 * @param steps those that are run, in order; for an application's own command, one that stands for
 *     all that it does
 */
public record Migration(int from, int to, boolean baseline, List<StepSummary> steps) {
  public Migration {
    steps = List.copyOf(steps);
  }

  /** The way of a database that is where it should be. */
  static Migration none(int version) {
    return new Migration(version, version, false, List.of());
  }

  /** Whether the database changes. */
  public boolean changes() {
    return from != to;
  }
}
