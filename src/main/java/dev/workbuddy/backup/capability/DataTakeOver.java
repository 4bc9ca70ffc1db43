package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.TakeOverHistory;
import dev.workbuddy.backup.backup.TakenOver;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes on with the history of a data root that is lost, or begins one of its own. */
public final class DataTakeOver {
  private DataTakeOver() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId a snapshot of that history that is here: an id, an unambiguous beginning of
   *     one, or {@code latest}; null to begin a history
   * @param apart whether to begin a history, apart from the one that this data root has
   * @param dryRun whether only to say whose history that is
   */
  public record Parameters(
      @Described("A snapshot of that history that is here: an id, or a beginning of one.")
          @Nullable String snapshotId,
      @Described(
              "Whether to give this data root, a copy of another one, a history of its own"
                  + " instead.")
          boolean apart,
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

  private static Preview<Parameters, TakenOver> rehearsal() {
    return new DryRunPreview<>(
        given -> new Parameters(given.snapshotId(), given.apart(), true),
        plan -> List.of(plan.mark(), String.valueOf(plan.snapshotId())),
        plan -> Impact.of(plan.apart() ? parting(plan) : takingOver(plan)));
  }

  private static String parting(TakenOver plan) {
    return "Give %s a history of its own? Its snapshots so far stay, as those of the data root that it was copied from."
        .formatted(plan.host());
  }

  private static String takingOver(TakenOver plan) {
    return "Go on with the history %s of %s? If that data root is still in use, the two will"
            .formatted(plan.mark(), plan.host())
        + " sweep each other's snapshots.";
  }

  private static TakenOver call(Workspace workspace, Parameters parameters) throws IOException {
    TakeOverHistory history = new TakeOverHistory(workspace.settings(), workspace.machine());
    String snapshot = parameters.snapshotId();
    if (parameters.apart() == (snapshot != null)) {
      throw new BackupException(
          ErrorCode.USAGE,
          "a history is either gone on with or begun",
          "Name a snapshot of the history to go on with, or give --apart.");
    }
    if (snapshot == null) {
      return parameters.dryRun() ? history.planParting() : history.part();
    }
    return parameters.dryRun() ? history.plan(snapshot) : history.run(snapshot);
  }
}
