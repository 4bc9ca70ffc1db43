package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.RollBackRestore;
import dev.workbuddy.backup.restore.RollbackResult;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

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
            (parameters, progress) -> call(workspace, parameters, null, progress))
        .titled("Take a restore back")
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.DESTROYS)
        .rehearsedBy(new RollbackRehearsal(workspace));
  }

  /**
   * Takes a restore back.
   *
   * @param shown the plan of what to take back and of nothing else; null for whichever is the last
   */
  static RollbackResult call(
      Workspace workspace, Parameters parameters, @Nullable RollbackResult shown, Progress progress)
      throws IOException, InterruptedException {
    Settings settings = workspace.settings();
    RollBackRestore rollBack = of(workspace, settings);
    if (parameters.dryRun()) {
      return rollBack.plan();
    }
    RollbackResult result = rollBack.run(shown, progress);
    return result.warning(AfterRepair.tellUndone(workspace, settings));
  }

  static RollBackRestore of(Workspace workspace, Settings settings) {
    return new RollBackRestore(
        settings, workspace.machine(), workspace.exchange().get(), workspace.hooks(settings));
  }
}
