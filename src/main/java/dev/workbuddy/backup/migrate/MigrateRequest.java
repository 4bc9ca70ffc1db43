package dev.workbuddy.backup.migrate;

import java.util.Set;

/**
 * Which live databases to migrate, and how.
 *
 * @param only by logical name; empty for all that have migrations
 * @param snapshot whether to take a snapshot first
 */
public record MigrateRequest(Set<String> only, boolean snapshot) {
  public MigrateRequest {
    only = Set.copyOf(only);
  }
}
