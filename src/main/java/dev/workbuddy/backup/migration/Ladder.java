package dev.workbuddy.backup.migration;

/**
 * How databases of older schemas become ones of today's. The version is {@code PRAGMA
 * user_version}. Immutable.
 */
public sealed interface Ladder permits StepLadder, CommandLadder {

  /** The schema version of today's code. */
  int top();

  /**
   * The way from a version to the top.
   *
   * @param hasTables whether the database holds anything; one at version 0 that does has never been
   *     on a ladder
   */
  Migration plan(int version, boolean hasTables);
}
