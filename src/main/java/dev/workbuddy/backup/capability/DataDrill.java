package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.drill.DrillRequest;
import dev.workbuddy.backup.drill.DrillRestore;
import dev.workbuddy.backup.drill.DrillResult;
import dev.workbuddy.backup.health.PushGate;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.SnapshotIdMatcher;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rehearses a restore. */
public final class DataDrill {
  private DataDrill() {}

  /**
   * The typed parameters.
   *
   * @param from the name of a remote; null for each configured one
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}; null for the
   *     latest
   * @param local whether the history on this machine is meant, and no remote is asked
   * @param orLocal whether the history on this machine will do where no remote is configured
   */
  public record Parameters(
      @Described("The name of a remote; without it each configured one.") @Nullable String from,
      @Described(
              "An id, an unambiguous beginning of one, or latest, which is meant without it; a"
                  + " namespace and / may stand before it.")
          @Nullable String snapshotId,
      @Described("Whether the history on this machine is meant, and no remote is asked.")
          boolean local,
      @Described("Whether the history on this machine will do where no remote is configured.")
          boolean orLocal) {

    private DrillRequest request() {
      if (local && from != null) {
        throw new BackupException(
            ErrorCode.USAGE,
            "--local asks no remote, and --from names one",
            "Leave one of them out.");
      }
      String snapshot = Objects.requireNonNullElse(snapshotId, SnapshotIdMatcher.LATEST);
      return new DrillRequest(from, snapshot, history());
    }

    private DrillRequest.History history() {
      if (local) {
        return DrillRequest.History.ALONE;
      }
      return orLocal ? DrillRequest.History.WITHOUT_REMOTES : DrillRequest.History.LEFT_OUT;
    }
  }

  static Capability<Parameters, DrillResult> in(Workspace workspace) {
    return new Capability<>(
            "data_drill",
            "Rehearses a restore: fetches a snapshot from where it is kept, restores it with every"
                + " check and migration into a scratch directory, lets the application look at it"
                + " if it is configured to, measures the time, and deletes it again. Live data is"
                + " not touched.",
            Effect.POINTS,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Rehearse a restore")
        .being(Trait.REACHES_OUT)
        .doing(parameters -> Places.effect(workspace, parameters.from()));
  }

  private static DrillResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    return new DrillRestore(PushGate.wanted(workspace.settings()), workspace.machine())
        .run(parameters.request(), progress);
  }
}
