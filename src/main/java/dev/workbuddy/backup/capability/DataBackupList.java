package dev.workbuddy.backup.capability;

import java.io.IOException;
import java.time.Instant;

/** Lists snapshots. */
public final class DataBackupList {
  private DataBackupList() {}

  /** None so far. */
  public record Parameters() {}

  static Capability<Parameters, SnapshotList> in(Workspace workspace) {
    return new Capability<>(
        "data_backup_list",
        "Lists the snapshots on this machine, newest first, with sizes, rows, states and holds.",
        Effect.READS,
        Parameters.class,
        (_, _) -> call(workspace));
  }

  private static SnapshotList call(Workspace workspace) throws IOException {
    Instant now = workspace.clock().instant();
    return new SnapshotList(
        workspace.store().list().stream()
            .map(snapshot -> SnapshotList.Entry.of(snapshot, now))
            .toList());
  }
}
