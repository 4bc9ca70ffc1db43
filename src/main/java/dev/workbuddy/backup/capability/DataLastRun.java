package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RestoreHistory;
import java.io.IOException;
import java.nio.file.Path;

/** Tells how the last run went. */
public final class DataLastRun {
  private DataLastRun() {}

  /** None: the last run of the workspace is meant. */
  public record Parameters() {}

  static Capability<Parameters, LastRunReport> in(Workspace workspace) {
    return new Capability<>(
            "data_last_run",
            "Tells how the last snapshot run went, when the last good one was, and how the last"
                + " restore over the live databases, or rollback, ended: done, failed, or cut short"
                + " and undone.",
            Effect.READS,
            Parameters.class,
            (_, _) -> call(workspace))
        .titled("Show the last run");
  }

  private static LastRunReport call(Workspace workspace) throws IOException {
    Path backups = workspace.settings().backupsDir();
    return LastRunReport.of(
        LastRun.read(backups, workspace.host(), workspace.clock().instant()),
        new RestoreHistory(backups).newest().orElse(null));
  }
}
