package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.TakeOverHistory;
import dev.workbuddy.backup.backup.TakenOver;
import dev.workbuddy.backup.capability.schema.Described;
import java.io.IOException;
import java.util.List;

/** Goes on with the history of a data root that is lost. */
public final class DataTakeOver {
  private DataTakeOver() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId a snapshot of that history that is here: an id, an unambiguous beginning of
   *     one, or {@code latest}
   * @param dryRun whether only to say whose history that is
   */
  public record Parameters(
      @Described("A snapshot of that history that is here: an id, or a beginning of one.")
          String snapshotId,
      @Described("Whether only to say whose history that is.") boolean dryRun) {}

  static Capability<Parameters, TakenOver> in(Workspace workspace) {
    return new Capability<>(
            "data_take_over",
            "Goes on with the history of a data root that is lost: its snapshots, and their copies"
                + " on every remote, count as this one's from then on, for retention as well.",
            Effect.WEAKENS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Take a history over")
        .being(Trait.IDEMPOTENT)
        .doing(parameters -> parameters.dryRun() ? Effect.READS : Effect.WEAKENS)
        .rehearsedBy(rehearsal());
  }

  private static Rehearsal<Parameters, TakenOver> rehearsal() {
    return new PlainRehearsal<>(
        given -> new Parameters(given.snapshotId(), true),
        plan -> List.of(plan.mark(), plan.snapshotId()),
        plan ->
            Stakes.of(
                "Go on with the history %s of %s? If that data root is still in use, the two will"
                        .formatted(plan.mark(), plan.host())
                    + " sweep each other's snapshots."));
  }

  private static TakenOver call(Workspace workspace, Parameters parameters) throws IOException {
    TakeOverHistory history = new TakeOverHistory(workspace.settings());
    return parameters.dryRun()
        ? history.plan(parameters.snapshotId())
        : history.run(parameters.snapshotId());
  }
}
