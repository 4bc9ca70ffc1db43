package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.retention.Sweep;
import dev.workbuddy.backup.snapshot.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;

/** Sweeps the history. */
public final class DataPrune {
  private DataPrune() {}

  /**
   * The typed parameters.
   *
   * @param dryRun whether to make the plan only
   */
  public record Parameters(@Described("Whether to make the plan only.") boolean dryRun) {}

  static Capability<Parameters, PruneResult> in(Workspace workspace) {
    return new Capability<>(
            "data_prune",
            "Deletes the snapshots that the retention tiers no longer keep; says for each why it"
                + " stays.",
            Effect.DESTROYS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Sweep the history")
        .being(Trait.IDEMPOTENT)
        .rehearsedBy(rehearsal());
  }

  private static Rehearsal<Parameters, PruneResult> rehearsal() {
    return new PlainRehearsal<>(
        parameters -> !parameters.dryRun(),
        _ -> new Parameters(true),
        DataPrune::doomed,
        plan -> Stakes.of("Delete for good: " + String.join(", ", doomed(plan)) + "?"));
  }

  private static List<String> doomed(PruneResult plan) {
    return plan.decisions().stream()
        .filter(decision -> !decision.keep())
        .map(decision -> decision.id().toString())
        .toList();
  }

  private static PruneResult call(Workspace workspace, Parameters parameters) throws IOException {
    Settings settings = workspace.settings();
    LocalStore store = new LocalStore(settings.backupsDir());
    Sweep sweep = new Sweep(store, new RetentionRules(settings.retention()));
    if (parameters.dryRun() || !Files.isDirectory(settings.backupsDir())) {
      return PruneResult.of(sweep.plan(), List.of(), parameters.dryRun());
    }
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "prune")) {
      RetentionPlan plan = sweep.plan();
      return PruneResult.of(plan, sweep.execute(plan, Set.of()), false);
    }
  }
}
