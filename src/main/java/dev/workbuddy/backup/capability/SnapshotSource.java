package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.backup.PullResult;
import dev.workbuddy.backup.backup.PullSnapshot;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.guard.SnapshotSelector;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.remote.RemoteListing;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.snapshot.SnapshotIdMatcher;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gets a snapshot onto this machine before it is restored: from the local history, else from a
 * remote.
 *
 * @param settings those to restore with; on a machine without a configuration, made of what the
 *     snapshot's manifest says is inside
 * @param snapshotId the id that it has in the local history
 * @param remark what the user should know of how it was found; null where nothing
 */
record SnapshotSource(Settings settings, String snapshotId, @Nullable String remark) {

  static SnapshotSource of(
      Workspace workspace, String text, @Nullable String from, Progress progress)
      throws IOException, InterruptedException {
    boolean anyRemote = Places.CONFIGURED.equals(from);
    if (from != null && !anyRemote) {
      return fetched(workspace, text, from, progress);
    }
    if (anyRemote || isLost(workspace)) {
      return fetched(workspace, text, null, progress);
    }
    Settings settings = workspace.settings();
    try {
      SnapshotSelector.Choice choice = new SnapshotSelector(settings.backupsDir()).find(text);
      return new SnapshotSource(settings, choice.snapshot().id().toString(), choice.remark());
    } catch (BackupException e) {
      boolean namesAnotherHistory =
          e.code() == ErrorCode.SNAPSHOT_ID_INVALID && text.indexOf('/') > 0;
      boolean elsewhere = e.code() == ErrorCode.SNAPSHOT_NOT_FOUND || namesAnotherHistory;
      if (!elsewhere || settings.remotes().hasNone()) {
        throw e;
      }
      return fetched(workspace, text, null, progress);
    }
  }

  /**
   * The source of a snapshot that was found before and is in the local history.
   *
   * @param id the whole id
   */
  static SnapshotSource here(Workspace workspace, String id) throws IOException {
    return here(workspace, workspace.settingsOfLostData(), id, null);
  }

  private static SnapshotSource here(
      Workspace workspace, Settings settings, String id, @Nullable String remark)
      throws IOException {
    return new SnapshotSource(
        workspace.isConfigured() ? settings : asInside(settings, id), id, remark);
  }

  /** Without remotes, a data root that is not there is one whose disk is not mounted. */
  private static boolean isLost(Workspace workspace) {
    Settings settings = workspace.config().settings();
    return !Files.isDirectory(settings.dataRoot()) && !settings.remotes().hasNone();
  }

  private static SnapshotSource fetched(
      Workspace workspace, String text, @Nullable String from, Progress progress)
      throws IOException, InterruptedException {
    Settings settings = workspace.settingsOfLostData();
    PullResult pulled = new PullSnapshot(settings, workspace.machine()).run(text, from, progress);
    return here(
        workspace,
        settings,
        pulled.snapshotId(),
        SnapshotIdMatcher.isLatest(text) ? remark(settings, pulled) : null);
  }

  /**
   * Returns which snapshot came, where it is doubtful or others were passed over; else null. A
   * remote's listing says nothing about alarms, and passes over damaged snapshots only.
   */
  private static @Nullable String remark(Settings settings, PullResult pulled) throws IOException {
    String doubt = doubt(settings, pulled);
    if (doubt == null && pulled.passedOver() == null) {
      return null;
    }
    String latest = "latest in %s is %s".formatted(pulled.remote(), pulled.snapshotId());
    return Stream.of(
            doubt == null ? latest : latest + ", which " + doubt,
            Objects.requireNonNullElse(pulled.passedOver(), ""),
            doubt == null
                ? ""
                : "an older one may be sound. " + RemoteListing.hint(pulled.remote()))
        .filter(words -> !words.isEmpty())
        .collect(Collectors.joining("; "));
  }

  private static @Nullable String doubt(Settings settings, PullResult pulled) throws IOException {
    StoredSnapshot here =
        new SnapshotFinder(new LocalStore(settings.backupsDir())).find(pulled.snapshotId());
    return new SnapshotSelector(settings.backupsDir()).doubt(here).orElse(null);
  }

  private static Settings asInside(Settings settings, String id) throws IOException {
    return new SnapshotFinder(new LocalStore(settings.backupsDir()))
        .find(id)
        .readManifest()
        .filter(manifest -> !manifest.databases().isEmpty())
        .map(
            manifest -> settings.withDatabases(liveDirectory(settings, manifest), inside(manifest)))
        .orElse(settings);
  }

  private static String liveDirectory(Settings settings, Manifest manifest) {
    return Objects.requireNonNullElse(manifest.dbDir(), settings.dbDirName());
  }

  private static List<VitalDatabase> inside(Manifest manifest) {
    return manifest.databases().entrySet().stream()
        .map(entry -> new VitalDatabase(entry.getKey(), entry.getValue().file(), null))
        .toList();
  }
}
