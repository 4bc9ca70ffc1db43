package dev.workbuddy.backup.migrate;

import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a migration of the live databases did, or would do.
 *
 * @param dryRun whether only the plan was made
 * @param snapshotId the snapshot from before; null where none was taken
 * @param migrated by logical name; databases that are where they should be are left out
 * @param warnings what the user should know although nothing failed
 */
public record MigrateResult(
    boolean dryRun,
    @Nullable String snapshotId,
    Map<String, Migration> migrated,
    List<String> warnings)
    implements Outcome {
  public MigrateResult {
    migrated = Map.copyOf(migrated);
    warnings = List.copyOf(warnings);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }

  @Override
  public List<String> alarms() {
    return warnings;
  }
}
