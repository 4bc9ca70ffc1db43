package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.RollBackRestore;
import dev.workbuddy.backup.restore.RollbackResult;
import java.io.IOException;

/** Takes the last restore back. */
public final class DataRollback {
  private DataRollback() {}

  /**
   * The typed parameters. The last restore is meant.
   *
   * @param dryRun whether only to say which one that is
   */
  public record Parameters(
      @Described("Whether only to say which restore that is.") boolean dryRun) {}

  static Capability<Parameters, RollbackResult> in(Workspace workspace) {
    return new Capability<>(
            "data_rollback",
            "Takes the last restore back: the databases that it replaced return.",
            Effect.DESTROYS,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Take a restore back")
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.DESTROYS)
        .rehearsedBy(rehearsal(workspace));
  }

  private static Rehearsal<Parameters, RollbackResult> rehearsal(Workspace workspace) {
    return new PlainRehearsal<>(
        _ -> new Parameters(true),
        plan -> LiveState.and(workspace.settings(), plan),
        plan ->
            Stakes.of(
                "Bring back what the restore of %s replaced (%s)? What is there now, with all that was"
                        .formatted(plan.undone(), String.join(", ", plan.databases()))
                    + " written since, is kept in turn."));
  }

  private static RollbackResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    Settings settings = workspace.settings();
    RollBackRestore rollBack =
        new RollBackRestore(
            settings, workspace.machine(), workspace.exchange().get(), workspace.hooks(settings));
    if (parameters.dryRun()) {
      return rollBack.plan();
    }
    RollbackResult result = rollBack.run(progress);
    return result.warning(AfterRepair.tellUndone(workspace, settings));
  }
}
