package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.RemoteHistory;
import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;

/** Holds or releases a snapshot. */
public final class DataHold {
  private DataHold() {}

  /**
   * The typed parameters.
   *
   * @param snapshotId an id, an unambiguous beginning of one, or {@code latest}
   * @param reason why it is held
   * @param release whether to release it instead
   */
  public record Parameters(
      @Described("An id, an unambiguous beginning of one, or latest.") String snapshotId,
      @Described("Why it is held.") @ByDefault("held by hand") String reason,
      @Described("Whether to release it instead.") boolean release) {}

  static Capability<Parameters, HoldResult> in(Workspace workspace) {
    return new Capability<>(
            "data_hold",
            "Marks a snapshot and its copies so that no sweep deletes them, or releases them"
                + " again.",
            Effect.CHANGES,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("Hold or release a snapshot")
        .being(Trait.IDEMPOTENT, Trait.REACHES_OUT);
  }

  private static HoldResult call(Workspace workspace, Parameters parameters)
      throws IOException, InterruptedException {
    Words.require("reason", parameters.reason());
    Settings settings = workspace.settings();
    LocalStore store = new LocalStore(settings.backupsDir());
    StoredSnapshot snapshot = new SnapshotFinder(store).find(parameters.snapshotId());
    Hold hold =
        parameters.release()
            ? null
            : new Hold(parameters.reason(), workspace.user(), workspace.clock().instant());
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "hold a snapshot")) {
      if (hold == null) {
        store.release(snapshot);
      } else {
        store.hold(snapshot, hold);
      }
    }
    try (RemoteHistory history = RemoteHistory.of(settings, workspace.machine())) {
      return new HoldResult(
          snapshot.id(), hold, snapshot.hold(), history.hold(snapshot.id(), hold));
    }
  }
}
