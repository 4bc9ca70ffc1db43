package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.sqlite.LiveDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What snapshots need on this machine: a place for them, the databases, room. */
record LocalRequirements(Settings settings) {
  private static final long SPARE_BYTES = 16L << 20;

  /** Snapshots that are asked what there was. */
  private static final int RECENT = 24;

  private static final String CHECK_PATHS =
      "Check paths.data_root, paths.db_dir and backups.databases: `wb-backup config show`.";

  List<Requirement> requirements() {
    return List.of(
        new Requirement(
            LocalSnapshots.DATA_ROOT,
            "the data root can be written",
            this::dataRoot,
            new Fixer.None(
                "Mount its disk, or give it to the user who takes the snapshots; the first of them"
                    + " makes the directory.")),
        new Requirement(
            "databases-found",
            "the databases are there",
            this::databases,
            new Fixer.None(CHECK_PATHS)),
        new Requirement(
            "enough-space",
            "there is room for a snapshot",
            this::space,
            new Fixer.None("Free some space, or move paths.data_root to a larger disk.")));
  }

  private Finding dataRoot() {
    Path root = settings.dataRoot();
    Path backups = settings.backupsDir();
    if (!Files.isDirectory(root)) {
      return Finding.failure(
          "the data root " + root + " is not there",
          "Mount its disk; or set paths.data_root, or WORK_BUDDY_DATA_DIR.");
    }
    if (!Files.isDirectory(backups)) {
      return Files.exists(backups) || Files.isSymbolicLink(backups) || !Files.isWritable(root)
          ? unwritable(backups)
          : Finding.ok(root + "; the first snapshot makes " + backups.getFileName());
    }
    return Files.isWritable(backups) ? Finding.ok(backups.toString()) : unwritable(backups);
  }

  private static Finding unwritable(Path backups) {
    return Finding.failure(
        backups + " cannot be written", "Give it to the user who takes the snapshots.");
  }

  private Finding databases() throws IOException {
    List<String> missing = names(database -> !Files.isRegularFile(database.in(settings.dbDir())));
    List<String> others =
        names(
            database ->
                !missing.contains(database.name())
                    && LiveDatabase.isSomethingElse(database.in(settings.dbDir())));
    int all = settings.databases().size();
    int bad = missing.size() + others.size();
    if (bad == 0) {
      return Finding.ok(all + " in " + settings.dbDir());
    }
    List<String> texts = new ArrayList<>();
    if (!missing.isEmpty()) {
      texts.add("%s not in %s".formatted(String.join(", ", missing), settings.dbDir()));
    }
    if (!others.isEmpty()) {
      texts.add("no SQLite database in the file of " + String.join(", ", others));
    }
    String text = String.join("; ", texts);
    Set<String> saved = missing.isEmpty() ? Set.of() : inHistory();
    List<String> lost = missing.stream().filter(saved::contains).toList();
    if (!lost.isEmpty()) {
      return Finding.broken(
          text + "; LOST: %s had been saved".formatted(String.join(", ", lost)),
          "If that was no move: `wb-backup restore latest --only %s` brings back what was saved"
                  .formatted(String.join(",", lost))
              + " last. If it was one, correct its path.");
    }
    return bad == all ? Finding.failure(text, CHECK_PATHS) : Finding.warning(text, CHECK_PATHS);
  }

  /** The databases that the newest snapshots have. */
  private Set<String> inHistory() throws IOException {
    return new LocalStore(settings.backupsDir())
        .list().stream()
            .limit(RECENT)
            .flatMap(snapshot -> snapshot.readManifest().stream())
            .flatMap(manifest -> manifest.schemaVersions().keySet().stream())
            .collect(Collectors.toSet());
  }

  private List<String> names(Predicate<VitalDatabase> which) {
    return settings.databases().stream().filter(which).map(VitalDatabase::name).toList();
  }

  private Finding space() throws IOException {
    Path place =
        Files.isDirectory(settings.backupsDir()) ? settings.backupsDir() : settings.dataRoot();
    if (!Files.isDirectory(place)) {
      return Finding.unknown("not looked at: there is no data root", "");
    }
    long bytes = 0;
    for (VitalDatabase database : settings.databases()) {
      Path file = database.in(settings.dbDir());
      bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    long needed = bytes * 3 / 2 + SPARE_BYTES;
    long free = Files.getFileStore(place).getUsableSpace();
    String text = "%s free, about %s needed".formatted(Space.text(free), Space.text(needed));
    String next = "Free some space, or move paths.data_root to a larger disk.";
    if (free < needed) {
      return Finding.failure(text, next);
    }
    return free < 2 * needed ? Finding.warning(text, next) : Finding.ok(text);
  }
}
