package dev.workbuddy.backup.restore;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to restore, and where to.
 *
 * @param snapshot an id, an unambiguous beginning of one, or {@code latest}
 * @param force whether to go on where a guard would refuse; never past damage
 * @param only the databases to restore, by logical name; empty for all
 * @param migrate whether to bring the databases up to today's schema
 * @param to a directory to unpack into instead of the live one; null for the live one
 */
public record RestoreRequest(
    String snapshot, boolean force, Set<String> only, boolean migrate, @Nullable Path to) {
  public RestoreRequest {
    only = Set.copyOf(only);
  }

  /** One that migrates, as most do. */
  public RestoreRequest(String snapshot, boolean force, Set<String> only, @Nullable Path to) {
    this(snapshot, force, only, true, to);
  }
}
