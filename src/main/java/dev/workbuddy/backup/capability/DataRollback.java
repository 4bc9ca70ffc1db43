package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.RollBackRestore;
import dev.workbuddy.backup.restore.RollbackResult;
import java.io.IOException;

/** Takes the last restore back. */
public final class DataRollback {
  private DataRollback() {}

  /** None: the last restore is meant. */
  public record Parameters() {}

  static Capability<Parameters, RollbackResult> in(Workspace workspace) {
    return new Capability<>(
        "data_rollback",
        "Takes the last restore back: the databases that it replaced return.",
        Effect.DESTROYS,
        Parameters.class,
        (_, progress) -> call(workspace, progress));
  }

  private static RollbackResult call(Workspace workspace, Progress progress) throws IOException {
    return new RollBackRestore(workspace.settings(), workspace.clock(), workspace.exchange())
        .run(progress);
  }
}
