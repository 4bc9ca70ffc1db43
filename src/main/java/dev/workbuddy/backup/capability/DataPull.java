package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.PullResult;
import dev.workbuddy.backup.backup.PullSnapshot;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Fetches a snapshot. */
public final class DataPull {
  private DataPull() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}; a namespace and
   *     {@code /} may stand before it
   * @param from the name of a remote; null for the first configured one that has the snapshot
   */
  public record Parameters(
      @Described(
              "An id, an unambiguous beginning of one, or latest; a namespace and / may stand"
                  + " before it.")
          String snapshotId,
      @Described("The name of a remote; without it the first one that has the snapshot.")
          @Nullable String from) {}

  static Capability<Parameters, PullResult> in(Workspace workspace) {
    return new Capability<>(
            "data_pull",
            "Brings a snapshot from a remote into the local history, checked.",
            Effect.POINTS,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Fetch a snapshot")
        .being(Trait.IDEMPOTENT, Trait.REACHES_OUT)
        .doing(parameters -> Places.effect(workspace, parameters.from()));
  }

  private static PullResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    return new PullSnapshot(workspace.settingsOfLostData(), workspace.machine())
        .run(parameters.snapshotId(), parameters.from(), progress);
  }
}
