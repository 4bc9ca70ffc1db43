package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.VerifyResult;
import dev.workbuddy.backup.restore.VerifySnapshots;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Verifies snapshots. */
public final class DataVerify {
  private DataVerify() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}; null for all
   */
  public record Parameters(@Nullable String snapshotId) {}

  static Capability<Parameters, VerifyResult> in(Workspace workspace) {
    return new Capability<>(
        "data_verify",
        "Proves that snapshots can be restored: checksums, archive, integrity, foreign keys and"
            + " row counts, in a scratch directory.",
        Effect.READS,
        Parameters.class,
        (parameters, progress) -> call(workspace, parameters, progress));
  }

  private static VerifyResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException {
    VerifySnapshots verify = new VerifySnapshots(workspace.settings(), workspace.clock());
    String snapshotId = parameters.snapshotId();
    return snapshotId == null ? verify.all(progress) : verify.one(snapshotId, progress);
  }
}
