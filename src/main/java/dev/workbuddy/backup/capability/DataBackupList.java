package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.RemoteHistory;
import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.Drills;
import dev.workbuddy.backup.snapshot.LocalStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lists snapshots. */
public final class DataBackupList {
  private DataBackupList() {}

  /**
   * The typed parameters.
   *
   * @param remote whether to list what the configured remotes hold, too
   */
  public record Parameters(
      @Described("Whether to list what the configured remotes hold, too.") @ByDefault("true")
          boolean remote) {}

  static Capability<Parameters, SnapshotList> in(Workspace workspace) {
    return new Capability<>(
            "data_backup_list",
            "Lists the snapshots on this machine, newest first, with sizes, rows, states and holds;"
                + " and those in the configured remotes.",
            Effect.READS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("List snapshots")
        .being(Trait.REACHES_OUT);
  }

  private static SnapshotList call(Workspace workspace, Parameters parameters)
      throws IOException, InterruptedException {
    Instant now = workspace.clock().instant();
    LocalStore store = workspace.store();
    Drills drills = new DrillHistory(store.directory()).readIfPossible();
    List<SnapshotList.Place> remotes = new ArrayList<>();
    if (parameters.remote()) {
      try (RemoteHistory history = RemoteHistory.of(workspace.settings(), workspace.machine())) {
        history
            .list()
            .forEach((name, found) -> remotes.add(SnapshotList.Place.of(name, found, drills)));
      }
    }
    return new SnapshotList(
        store.list().stream()
            .map(snapshot -> SnapshotList.Entry.of(snapshot, now, drills))
            .toList(),
        remotes,
        Alarms.open(store.directory()));
  }
}
