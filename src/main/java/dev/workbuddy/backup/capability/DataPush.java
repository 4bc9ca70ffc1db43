package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.PushRequest;
import dev.workbuddy.backup.backup.PushResult;
import dev.workbuddy.backup.backup.PushSnapshots;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Pushes snapshots. */
public final class DataPush {
  private DataPush() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}; null for all that
   *     a remote should hold and does not
   */
  public record Parameters(
      @Described(
              "An id, an unambiguous beginning of one, or latest; without it all that a remote"
                  + " lacks and should hold.")
          @Nullable String snapshotId) {}

  static Capability<Parameters, PushResult> in(Workspace workspace) {
    return new Capability<>(
            "data_push",
            "Pushes a snapshot, or all that are missing there, to every configured remote, and"
                + " sweeps it.",
            Effect.CHANGES,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Push snapshots")
        .being(Trait.IDEMPOTENT, Trait.REACHES_OUT);
  }

  private static PushResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    String id = parameters.snapshotId();
    return new PushSnapshots(workspace.settings(), workspace.machine())
        .run(id == null ? PushRequest.allMissing() : PushRequest.one(id), progress);
  }
}
