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
 * @param also databases of the snapshot, by logical name, that are restored although the
 *     configuration does not know them, to where the snapshot has them
 * @param migrate whether to bring the databases up to today's schema
 * @param to a directory to unpack into instead of the live one; null for the live one
 */
public record RestoreRequest(
    String snapshot,
    boolean force,
    Set<String> only,
    Set<String> also,
    boolean migrate,
    @Nullable Path to) {
  public RestoreRequest {
    only = Set.copyOf(only);
    also = Set.copyOf(also);
  }

  /** One of databases that the configuration knows. */
  public RestoreRequest(
      String snapshot, boolean force, Set<String> only, boolean migrate, @Nullable Path to) {
    this(snapshot, force, only, Set.of(), migrate, to);
  }

  /** One that migrates, as most do. */
  public RestoreRequest(String snapshot, boolean force, Set<String> only, @Nullable Path to) {
    this(snapshot, force, only, true, to);
  }

  /** Whether it is about a database, if that one is known. */
  boolean wants(String name) {
    return only.isEmpty() || only.contains(name) || also.contains(name);
  }
}
