package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.snapshot.SnapshotMatch;
import org.jspecify.annotations.Nullable;

/**
 * Which restore to rehearse.
 *
 * @param from the name of a remote; null for each configured one
 * @param snapshot an id, an unambiguous beginning of one, or {@code latest}; a namespace and {@code
 *     /} may stand before it
 * @param local whether the history on this machine will do where no remote is configured
 */
public record DrillRequest(@Nullable String from, String snapshot, boolean local) {
  boolean isLatest() {
    return snapshot.equals(SnapshotMatch.LATEST);
  }
}
