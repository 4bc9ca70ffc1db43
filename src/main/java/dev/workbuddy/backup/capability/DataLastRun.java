package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.runs.LastRun;

/** Tells how the last run went. */
public final class DataLastRun {
  private DataLastRun() {}

  /** None: the last run of the workspace is meant. */
  public record Parameters() {}

  static Capability<Parameters, LastRunReport> in(Workspace workspace) {
    return new Capability<>(
            "data_last_run",
            "Tells how the last snapshot run went, and when the last good one was.",
            Effect.READS,
            Parameters.class,
            (_, _) ->
                LastRunReport.of(
                    LastRun.read(
                        workspace.settings().backupsDir(),
                        workspace.host(),
                        workspace.clock().instant())))
        .titled("Show the last run");
  }
}
