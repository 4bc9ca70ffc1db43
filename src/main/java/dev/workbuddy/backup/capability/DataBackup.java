package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.BackupRequest;
import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.PushSnapshots;
import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.LoadedConfig;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.SwapObstacles;
import dev.workbuddy.backup.snapshot.SnapshotIds;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes a snapshot. */
public final class DataBackup {
  private DataBackup() {}

  /**
   * The typed parameters.
   *
   * @param manual whether a person asks for it; it then counts in the manual bucket
   * @param label a few words to know it by
   * @param push whether to push it to the configured remotes as well
   */
  public record Parameters(boolean manual, @Nullable String label, boolean push) {}

  static Capability<Parameters, BackupResult> in(Workspace workspace) {
    return new Capability<>(
        "data_backup",
        "Takes a snapshot of every vital database into the local history, and pushes it to the"
            + " configured remotes.",
        Effect.CHANGES,
        Parameters.class,
        (parameters, progress) -> call(workspace, parameters, progress));
  }

  private static BackupResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    Words.require("label", parameters.label());
    LoadedConfig config = workspace.config();
    Settings settings = workspace.settings();
    SnapshotIds ids = new SnapshotIds(workspace.clock(), workspace.waiting());
    BackupResult taken =
        new TakeSnapshot(settings, workspace.tool(), workspace.host(), workspace.clock(), ids)
            .run(new BackupRequest(parameters.manual(), parameters.label()), progress);
    BackupResult result =
        parameters.push()
            ? new PushSnapshots(workspace.health().gate().settings(), workspace.machine())
                .after(taken, progress)
            : taken;
    return result.withWarnings(config.warnings()).withWarnings(SwapObstacles.find(settings));
  }
}
