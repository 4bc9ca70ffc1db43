package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.PruneRemotes;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.retention.RetentionPlan;
import dev.workbuddy.backup.retention.RetentionRules;
import dev.workbuddy.backup.retention.Sweep;
import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sweeps the history. */
public final class DataPrune {
  private static final int MOST_NAMED = 20;

  private DataPrune() {}

  /**
   * The typed parameters.
   *
   * @param dryRun whether to make the plan only
   * @param localOnly whether the remotes are left alone
   */
  public record Parameters(
      @Described("Whether to make the plan only.") boolean dryRun,
      @Described("Whether the remotes are left alone.") boolean localOnly) {}

  static Capability<Parameters, PruneResult> in(Workspace workspace) {
    return new Capability<>(
            "data_prune",
            "Deletes the snapshots that the retention tiers no longer keep, here and in the"
                + " configured remotes; says for each why it stays.",
            Effect.DESTROYS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters, Agreed.ALL))
        .titled("Sweep the history")
        .being(Trait.IDEMPOTENT, Trait.REACHES_OUT)
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.DESTROYS)
        .rehearsedBy(rehearsal(workspace));
  }

  private static Preview<Parameters, PruneResult> rehearsal(Workspace workspace) {
    return new DryRunPreview<>(
        parameters -> new Parameters(true, parameters.localOnly()),
        DataPrune::doomed,
        plan ->
            Impact.of(
                doomed(plan).isEmpty()
                    ? "Sweep, though today nothing would be deleted?"
                    : question(doomed(plan))),
        (plan, _) -> (parameters, _) -> call(workspace, parameters, new Agreed(plan)));
  }

  private static String question(List<String> doomed) {
    long more = Math.max(0, doomed.size() - MOST_NAMED);
    return "Delete %d for good: %s%s?"
        .formatted(
            doomed.size(),
            String.join(", ", doomed.subList(0, Math.min(doomed.size(), MOST_NAMED))),
            more == 0 ? "" : " and %d more, which the plan lists".formatted(more));
  }

  private static List<String> doomed(PruneResult plan) {
    return Stream.concat(
            doomed(plan.decisions(), ""),
            plan.remotes().stream()
                .flatMap(remote -> doomed(remote.decisions(), " on " + remote.name())))
        .toList();
  }

  private static Stream<String> doomed(List<PruneResult.Decision> decisions, String where) {
    return decisions.stream()
        .filter(decision -> !decision.keep())
        .map(decision -> decision.id() + where);
  }

  /**
   * What a sweep may delete.
   *
   * @param shown a plan whose deletions are the only ones; null for whatever retention says
   */
  private record Agreed(@Nullable PruneResult shown) {
    static final Agreed ALL = new Agreed(null);

    RetentionPlan here(RetentionPlan plan) {
      return shown == null ? plan : only(shown.decisions().stream(), plan);
    }

    RetentionPlan on(String remote, RetentionPlan plan) {
      return shown == null
          ? plan
          : only(
              shown.remotes().stream()
                  .filter(one -> one.name().equals(remote))
                  .flatMap(one -> one.decisions().stream()),
              plan);
    }

    private static RetentionPlan only(Stream<PruneResult.Decision> shown, RetentionPlan plan) {
      Set<SnapshotId> going =
          shown
              .filter(decision -> !decision.keep())
              .map(PruneResult.Decision::id)
              .collect(Collectors.toSet());
      return plan.keepingAllBut(going, "not in the plan that was agreed to");
    }
  }

  private static PruneResult call(Workspace workspace, Parameters parameters, Agreed agreed)
      throws IOException, InterruptedException {
    Settings settings = workspace.settings();
    PruneResult local = local(workspace, settings, parameters.dryRun(), agreed);
    if (parameters.localOnly() || !Files.isDirectory(settings.backupsDir())) {
      return local;
    }
    PruneRemotes remotes = new PruneRemotes(settings, workspace.machine());
    return local.withRemotes(parameters.dryRun() ? remotes.plan() : remotes.run(agreed::on));
  }

  private static PruneResult local(
      Workspace workspace, Settings settings, boolean dryRun, Agreed agreed) throws IOException {
    LocalStore store = new LocalStore(settings.backupsDir());
    Sweep sweep = new Sweep(store, new RetentionRules(settings.retention(), workspace.clock()));
    if (dryRun || !Files.isDirectory(settings.backupsDir())) {
      return plan(sweep, settings, dryRun);
    }
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "prune")) {
      List<Alarm> alarms = Alarms.open(settings.backupsDir());
      RetentionPlan plan = agreed.here(Alarms.restrain(sweep.plan(), alarms));
      return PruneResult.of(plan, sweep.execute(plan, Set.of()), false, alarms);
    }
  }

  private static PruneResult plan(Sweep sweep, Settings settings, boolean dryRun)
      throws IOException {
    List<Alarm> alarms = Alarms.open(settings.backupsDir());
    Sweep.Swept nothing = new Sweep.Swept(List.of(), List.of());
    return PruneResult.of(Alarms.restrain(sweep.plan(), alarms), nothing, dryRun, alarms);
  }
}
