package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import java.io.IOException;

/** Shows one snapshot. */
public final class DataBackupShow
    implements Capability<DataBackupShow.Parameters, SnapshotDetails> {
  private final Workspace workspace;

  DataBackupShow(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   */
  public record Parameters(String snapshotId) {}

  @Override
  public String name() {
    return "data_backup_show";
  }

  @Override
  public String description() {
    return "Shows what one snapshot holds: its manifest, its files, its hold.";
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
  public SnapshotDetails call(Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    LocalStore store = workspace.store();
    return SnapshotDetails.of(
        new SnapshotFinder(store).find(parameters.snapshotId()), workspace.clock().instant());
  }
}
