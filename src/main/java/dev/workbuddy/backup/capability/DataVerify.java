package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Described;
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
  public record Parameters(
      @Described("An id, an unambiguous beginning of one, or latest; all without it.")
          @Nullable String snapshotId) {}

  static Capability<Parameters, VerifyResult> in(Workspace workspace) {
    return new Capability<>(
            "data_verify",
            "Proves that snapshots can be restored: checksums, archive, integrity, foreign keys and"
                + " row counts, in a scratch directory.",
            Effect.READS,
            Parameters.class,
            (parameters, progress) -> call(workspace, parameters, progress))
        .titled("Verify snapshots");
  }

  private static VerifyResult call(Workspace workspace, Parameters parameters, Progress progress)
      throws IOException {
    VerifySnapshots verify = new VerifySnapshots(workspace.settings(), workspace.clock());
    String snapshotId = parameters.snapshotId();
    return snapshotId == null ? verify.all(progress) : verify.one(snapshotId, progress);
  }
}
