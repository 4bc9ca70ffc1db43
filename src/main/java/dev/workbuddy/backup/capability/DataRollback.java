package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.RollBackRestore;
import dev.workbuddy.backup.restore.RollbackResult;
import java.io.IOException;

/** Takes the last restore back. */
public final class DataRollback implements Capability<DataRollback.Parameters, RollbackResult> {
  private final Workspace workspace;

  DataRollback(Workspace workspace) {
    this.workspace = workspace;
  }

  /** None: the last restore is meant. */
  public record Parameters() {}

  @Override
  public String name() {
    return "data_rollback";
  }

  @Override
  public String description() {
    return "Takes the last restore back: the databases that it replaced return.";
  }

  @Override
  public Effect effect() {
    return Effect.DESTROYS;
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public RollbackResult call(Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    return new RollBackRestore(workspace.settings(), workspace.clock(), workspace.exchange())
        .run(progress);
  }
}
