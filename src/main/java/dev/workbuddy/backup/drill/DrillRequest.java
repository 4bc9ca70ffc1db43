package dev.workbuddy.backup.drill;

import dev.workbuddy.backup.snapshot.SnapshotIdMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Which restore to rehearse.
 *
 * @param from the name of a remote; null for each configured one
 * @param snapshot an id, an unambiguous beginning of one, or {@code latest}; a namespace and {@code
 *     /} may stand before it
 * @param history what part the history on this machine has, where no remote is named
 */
public record DrillRequest(@Nullable String from, String snapshot, History history) {

  /** Whether a restore from the history on this machine is rehearsed. */
  public enum History {
    /** It is not: only copies off this machine are proven. */
    LEFT_OUT,
    /** It is where no remote is configured. */
    WITHOUT_REMOTES,
    /** It is, and no remote is asked. */
    ALONE
  }

  boolean isLatest() {
    return snapshot.equals(SnapshotIdMatcher.LATEST);
  }
}
