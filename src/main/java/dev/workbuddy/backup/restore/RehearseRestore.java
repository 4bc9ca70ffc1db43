package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A restore over the live databases as far as it goes without touching them: every guard, every
 * check, every migration, into a directory of its own. The application may run meanwhile.
 */
public final class RehearseRestore {
  private final Settings settings;
  private final MigrationRunner runner;
  private final ArchiveReader archives =
      new ArchiveReader(Runtime.getRuntime().availableProcessors());

  public RehearseRestore(Settings settings, InstantSource clock) {
    this.settings = settings;
    this.runner = new MigrationRunner(clock, StagedMigration.BUSY_TIMEOUT);
  }

  /**
   * What lies in the directory now.
   *
   * @param bytes of the databases before they were migrated
   * @param warnings what the restore would warn of
   */
  public record Rehearsed(int databases, long rows, long bytes, List<String> warnings) {
    public Rehearsed {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Restores.
   *
   * @param directory becomes what the live directory would become; it does not exist yet, and stays
   *     whatever happens
   * @throws dev.workbuddy.backup.outcome.BackupException what the restore would end with
   */
  public Rehearsed run(StoredSnapshot snapshot, Path directory, Progress progress)
      throws IOException {
    RestoreRequest request = new RestoreRequest(snapshot.id().toString(), false, Set.of(), null);
    PreparedRestore prepared =
        new RestorePlanner(settings, runner, archives).prepare(request, snapshot);
    Staging.Filled filled =
        new Staging(directory, archives, runner, progress).fill(prepared, request.force());
    List<SnapshotContents.Item> items = prepared.items();
    return new Rehearsed(
        items.size(),
        items.stream().mapToLong(SnapshotContents.Item::rows).sum(),
        items.stream().mapToLong(SnapshotContents.Item::bytes).sum(),
        Stream.concat(lacking(prepared.plan()), filled.warnings().stream()).toList());
  }

  private static Stream<String> lacking(RestorePlan plan) {
    return plan.missing().stream()
        .map(missing -> "the snapshot lacks " + missing.database() + ": " + missing.detail());
  }
}
