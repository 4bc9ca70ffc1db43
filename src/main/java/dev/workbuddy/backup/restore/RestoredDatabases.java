package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.guard.BaselineResets;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The databases that a swap put back, as the configuration and the guard know them. */
record RestoredDatabases(Settings settings, LiveDirectory live) {

  /** The logical name; the file where the configuration does not know it. */
  String name(String file) {
    return configured(file).orElse(file);
  }

  private Optional<String> configured(String file) {
    return settings.databases().stream()
        .filter(database -> database.path().equals(file))
        .map(VitalDatabase::name)
        .findFirst();
  }

  /** The configured databases, by file, that are not the same file in an old directory. */
  List<String> replacing(Path old) throws IOException {
    List<String> files = new ArrayList<>();
    for (VitalDatabase database : settings.databases()) {
      Path before = old.resolve(database.path());
      Path now = live.path().resolve(database.path());
      boolean both = Files.exists(before) && Files.exists(now);
      if (both
          ? !FileFingerprints.isShared(before, now)
          : Files.exists(before) || Files.exists(now)) {
        files.add(database.path());
      }
    }
    return files;
  }

  /**
   * The next snapshot is then compared with what was put back.
   *
   * @return what the user should know where that could not be written down; then the next snapshot
   *     may raise an alarm, and nothing is worse
   */
  List<String> tellGuard(SwapJournal journal, Instant now) {
    LocalStore store = new LocalStore(settings.backupsDir());
    BaselineResets resets = new BaselineResets(store);
    List<String> names =
        journal.files().stream().flatMap(file -> configured(file).stream()).toList();
    Optional<Path> spent = journal.spent(live);
    if (spent.isPresent()) {
      return resets.rolledBack(names, live.keptAt(spent.get()), now);
    }
    try {
      return resets.restored(new SnapshotFinder(store).find(journal.snapshotId()), names, now);
    } catch (IOException | BackupException e) {
      return List.of(
          "cannot write the guard's new baseline, so the next snapshot may raise an alarm:  "
              + RunError.of(e).message());
    }
  }
}
