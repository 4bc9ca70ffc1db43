package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.retention.Sweep;
import dev.workbuddy.backup.snapshot.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** Sweeps the history. */
public final class DataPrune implements Capability<DataPrune.Parameters, PruneResult> {
  private final Workspace workspace;

  DataPrune(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * The typed parameters.
   *
   * @param dryRun whether to make the plan only
   */
  public record Parameters(boolean dryRun) {}

  @Override
  public String name() {
    return "data_prune";
  }

  @Override
  public String description() {
    return "Deletes the snapshots that the retention tiers no longer keep; says for each why it"
        + " stays.";
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
  public PruneResult call(Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    Settings settings = workspace.settings();
    LocalStore store = new LocalStore(settings.backupsDir());
    Sweep sweep = new Sweep(store, new RetentionRules(settings.retention()));
    if (parameters.dryRun() || !Files.isDirectory(settings.backupsDir())) {
      return PruneResult.of(sweep.plan(), List.of(), parameters.dryRun());
    }
    try (RunLock _ = RunLock.acquire(settings.backupsDir().resolve("lock"), "prune")) {
      RetentionPlan plan = sweep.plan();
      return PruneResult.of(plan, sweep.execute(plan), false);
    }
  }
}
