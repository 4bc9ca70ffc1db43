package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.BackupRequest;
import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.capability.schema.AlsoCalled;
import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.LoadedConfig;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.health.PushGate;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes a snapshot. */
public final class DataBackup {
  private DataBackup() {}

  /**
   * The typed parameters.
   *
   * @param manual whether it is an anchor that somebody asks for; it then counts in the manual
   *     bucket, or in that of agents where an agent asks
   * @param label a few words to know it by
   * @param push whether to push it to the configured remotes as well
   */
  public record Parameters(
      @Described(
              "Whether it is an anchor, which counts in a bucket apart: a person's, or that of"
                  + " agents.")
          boolean manual,
      @Described("A short description.") @Nullable String label,
      @Described("Whether to push it to the configured remotes as well.")
          @ByDefault("true")
          @AlsoCalled("push_remote")
          boolean push) {}

  static Capability<Parameters, BackupResult> in(Workspace workspace) {
    return new Capability<>(
            "data_backup",
            "Takes a snapshot of every vital database into the local history, and pushes it to the"
                + " configured remotes.",
            Effect.CHANGES,
            Parameters.class,
            (parameters, progress) ->
                call(workspace, parameters, SnapshotId.Bucket.MANUAL, progress))
        .titled("Take a snapshot")
        .being(Trait.REACHES_OUT)
        .forAgents(
            (parameters, progress) ->
                call(workspace, parameters, SnapshotId.Bucket.AGENT, progress));
  }

  /**
   * Puts a snapshot that is not a manual one into the rolling bucket, even where an agent takes it.
   */
  private static BackupResult call(
      Workspace workspace, Parameters parameters, SnapshotId.Bucket asked, Progress progress)
      throws IOException, InterruptedException {
    LabelRules.require("label", parameters.label());
    LoadedConfig config = workspace.config();
    Settings settings = workspace.settings();
    TakeSnapshot snapshots =
        new TakeSnapshot(settings, workspace.tool().get(), workspace.machine());
    BackupRequest request =
        new BackupRequest(
            parameters.manual() ? asked : SnapshotId.Bucket.ROLLING, parameters.label());
    BackupResult result =
        parameters.push()
            ? snapshots.runAndPush(request, () -> open(workspace.health().gate()), progress)
            : snapshots.run(request, progress);
    return result.withWarnings(config.warnings());
  }

  private static TakeSnapshot.Open open(PushGate gate) {
    return new TakeSnapshot.Open(
        gate.settings(), gate.closed().stream().map(PushGate.Closed::report).toList());
  }
}
