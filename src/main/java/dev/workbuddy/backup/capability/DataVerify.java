package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.restore.VerifyResult;
import dev.workbuddy.backup.restore.VerifySnapshots;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Verifies snapshots. */
public final class DataVerify implements Capability<DataVerify.Parameters, VerifyResult> {
  private final Workspace workspace;

  DataVerify(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}; null for all
   */
  public record Parameters(@Nullable String snapshotId) {}

  @Override
  public String name() {
    return "data_verify";
  }

  @Override
  public String description() {
    return "Proves that snapshots can be restored: checksums, archive, integrity, foreign keys and"
        + " row counts, in a scratch directory.";
  }

  @Override
  public Effect effect() {
    return Effect.READS;
  }

  @Override
  public Class<Parameters> parameters() {
    return Parameters.class;
  }

  @Override
  public VerifyResult call(Parameters parameters, Progress progress)
      throws IOException, InterruptedException {
    VerifySnapshots verify = new VerifySnapshots(workspace.settings(), workspace.clock());
    String snapshotId = parameters.snapshotId();
    return snapshotId == null ? verify.all(progress) : verify.one(snapshotId, progress);
  }
}
