package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.runs.RunHistory;
import dev.workbuddy.backup.runs.RunRecord;
import java.io.IOException;
import java.util.List;

/** Tells how the runs so far went. */
public final class DataRuns {
  private DataRuns() {}

  /**
   * The typed parameters.
   *
   * @param limit how many runs to list at most
   */
  public record Parameters(
      @Described("How many runs to list at most, the newest first.") @ByDefault("100") int limit) {}

  static Capability<Parameters, RunList> in(Workspace workspace) {
    return new Capability<>(
            "data_runs",
            "Lists the snapshot runs that ended, newest first: how they went, how long each phase"
                + " took, and what went wrong.",
            Effect.READS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("List the runs");
  }

  private static RunList call(Workspace workspace, Parameters parameters) throws IOException {
    if (parameters.limit() < 1) {
      throw new BackupException(
          ErrorCode.USAGE, "limit is " + parameters.limit(), "Give a number from 1 on.");
    }
    List<RunRecord> runs = new RunHistory(workspace.settings().backupsDir()).read().reversed();
    return new RunList(runs.stream().limit(parameters.limit()).toList());
  }
}
