package dev.workbuddy.backup.runs;

import java.time.Instant;

/**
 * The newest success so far.
 *
 * @param snapshotId the snapshot that was taken, or that got to a remote
 * @param at when that was finished
 */
public record LastGood(String snapshotId, Instant at) {

  /** The newer of two. */
  static LastGood newer(LastGood one, LastGood other) {
    return one.at().isBefore(other.at()) ? other : one;
  }
}
