package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.RemoteHistory;
import dev.workbuddy.backup.capability.schema.AlsoCalled;
import dev.workbuddy.backup.capability.schema.ByDefault;
import dev.workbuddy.backup.capability.schema.Described;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Alarms;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.Drills;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.RecoveredStore;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists snapshots. */
public final class DataBackupList {
  private DataBackupList() {}

  /**
   * The typed parameters.
   *
   * @param remote whether to list what the configured remotes hold, too
   * @param olderThan an id: only older ones are listed; null for all
   * @param from the name of a remote that is listed, configured or not; null for those configured
   */
  public record Parameters(
      @Described("Whether to list what the configured remotes hold, too.")
          @ByDefault("true")
          @AlsoCalled("include_remote")
          boolean remote,
      @Described("An id: only snapshots that are older than this one are listed.")
          @Nullable String olderThan,
      @Described(
              "A remote to list, whether it is configured or not: directory:/path,"
                  + " rclone:remote:path or github:owner/name.")
          @Nullable String from) {
    /** All of them. */
    public Parameters(boolean remote) {
      this(remote, null, null);
    }
  }

  static Capability<Parameters, SnapshotList> in(Workspace workspace) {
    return new Capability<>(
            "data_backup_list",
            "Lists the snapshots on this machine, newest first, with sizes, rows, states and holds;"
                + " and those in the configured remotes.",
            Effect.POINTS,
            Parameters.class,
            (parameters, _) -> call(workspace, parameters))
        .titled("List snapshots")
        .being(Trait.IDEMPOTENT, Trait.REACHES_OUT)
        .doing(parameters -> effect(workspace, parameters.from()));
  }

  private static Effect effect(Workspace workspace, @Nullable String from) {
    return from != null && Places.effect(workspace, from) == Effect.POINTS
        ? Effect.POINTS
        : Effect.READS;
  }

  private static Predicate<SnapshotId> older(@Nullable String than) {
    if (than == null) {
      return _ -> true;
    }
    SnapshotId bound =
        SnapshotId.parse(than)
            .orElseThrow(
                () ->
                    new BackupException(
                        ErrorCode.SNAPSHOT_ID_INVALID,
                        "older_than is not the id of a snapshot",
                        "Give the whole id of the last one that was listed."));
    return id -> id.compareTo(bound) < 0;
  }

  private static RemoteHistory history(
      Settings settings, Workspace workspace, @Nullable String from) throws IOException {
    return from == null
        ? RemoteHistory.of(settings, workspace.machine())
        : RemoteHistory.of(settings, workspace.machine(), from);
  }

  private static SnapshotList call(Workspace workspace, Parameters parameters)
      throws IOException, InterruptedException {
    Instant now = workspace.clock().instant();
    Predicate<SnapshotId> meant = older(parameters.olderThan());
    String from = parameters.from();
    Settings settings = from == null ? workspace.settings() : workspace.settingsOfLostData();
    LocalStore store = new LocalStore(settings.backupsDir());
    Drills drills = new DrillHistory(store.directory()).readIfPossible();
    List<SnapshotList.Place> remotes = new ArrayList<>();
    if (parameters.remote() || from != null) {
      try (RemoteHistory history = history(settings, workspace, from)) {
        history
            .list()
            .forEach(
                (name, found) ->
                    remotes.add(SnapshotList.Place.of(name, found, drills).only(meant)));
      }
    }
    return new SnapshotList(
        store.list().stream()
            .filter(snapshot -> meant.test(snapshot.id()))
            .map(snapshot -> SnapshotList.Entry.of(snapshot, now, drills))
            .toList(),
        remotes,
        Alarms.open(store.directory()),
        new RecoveredStore(store.directory()).list());
  }
}
