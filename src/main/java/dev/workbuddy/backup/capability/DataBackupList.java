package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import java.time.Instant;

/** Lists snapshots. */
public final class DataBackupList implements Capability<DataBackupList.Parameters, SnapshotList> {
  private final Workspace workspace;

  DataBackupList(Workspace workspace) {
    this.workspace = workspace;
  }

  /** None so far. */
  public record Parameters() {}

  @Override
  public String name() {
    return "data_backup_list";
  }

  @Override
  public String description() {
    return "Lists the snapshots on this machine, newest first, with sizes, rows, states and holds.";
  }

  @Override
  public Effect effect() {
    return Effect.READS;
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public SnapshotList call(Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    Instant now = workspace.clock().instant();
    return new SnapshotList(
        workspace.store().list().stream()
            .map(snapshot -> SnapshotList.Entry.of(snapshot, now))
            .toList());
  }
}
