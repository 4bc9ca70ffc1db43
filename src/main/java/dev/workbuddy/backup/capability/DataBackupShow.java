package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import java.io.IOException;

/** Shows one snapshot. */
public final class DataBackupShow {
  private DataBackupShow() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   */
  public record Parameters(
      @Described("An id, an unambiguous beginning of one, or latest.") String snapshotId) {}

  static Capability<Parameters, SnapshotDetails> in(Workspace workspace) {
    return new Capability<>(
            "data_backup_show",
            "Shows what one snapshot holds: its manifest, its files, its hold.",
            Effect.READS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Show a snapshot");
  }

  private static SnapshotDetails call(Workspace workspace, Parameters parameters)
      throws IOException {
    LocalStore store = workspace.store();
    return SnapshotDetails.of(
        new SnapshotFinder(store).find(parameters.snapshotId()),
        workspace.clock().instant(),
        new DrillHistory(store.directory()).readIfPossible());
  }
}
