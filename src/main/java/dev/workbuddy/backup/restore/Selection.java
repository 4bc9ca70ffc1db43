package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a restore takes out of a snapshot.
 *
 * @param items the wanted databases that the snapshot holds; at least one
 * @param missing the wanted ones that it lacks
 */
record Selection(List<SnapshotContents.Item> items, List<Manifest.Missing> missing) {

  /**
   * Chooses.
   *
   * @param configured today's databases; a snapshot may be older than some of them
   * @param only logical names; empty for all
   * @throws BackupException {@code database-unknown} where a name is neither in the snapshot nor in
   *     the configuration, {@code nothing-to-restore} where the snapshot has none of the wanted
   */
  static Selection of(SnapshotContents contents, List<VitalDatabase> configured, Set<String> only) {
    List<Manifest.Missing> lacking = lacking(contents, configured);
    requireKnown(contents, lacking, only);
    Selection selection =
        new Selection(
            contents.items().stream().filter(i -> isWanted(only, i.name())).toList(),
            lacking.stream().filter(m -> isWanted(only, m.database())).toList());
    if (selection.items().isEmpty()) {
      throw new BackupException(
          ErrorCode.NOTHING_TO_RESTORE,
          "the snapshot has nothing to restore: " + String.join("; ", selection.words()),
          hint(contents) + " Nothing was changed.");
    }
    return selection;
  }

  /** What is missing, and why, in words. */
  List<String> words() {
    return missing.stream()
        .map(m -> "%s is not in the snapshot (%s)".formatted(m.database(), m.detail()))
        .toList();
  }

  private static List<Manifest.Missing> lacking(
      SnapshotContents contents, List<VitalDatabase> configured) {
    List<Manifest.Missing> lacking = new ArrayList<>(contents.missing());
    Set<String> told = new TreeSet<>(names(contents));
    contents.missing().forEach(missing -> told.add(missing.database()));
    for (VitalDatabase database : configured) {
      if (!told.contains(database.name())) {
        lacking.add(
            new Manifest.Missing(
                database.name(),
                database.path(),
                "not-configured",
                "it was not in the configuration when the snapshot was taken"));
      }
    }
    return lacking;
  }

  private static boolean isWanted(Set<String> only, String name) {
    return only.isEmpty() || only.contains(name);
  }

  private static void requireKnown(
      SnapshotContents contents, List<Manifest.Missing> lacking, Set<String> only) {
    Set<String> unknown = new TreeSet<>(only);
    unknown.removeAll(names(contents));
    lacking.forEach(missing -> unknown.remove(missing.database()));
    if (!unknown.isEmpty()) {
      throw new BackupException(
          ErrorCode.DATABASE_UNKNOWN,
          "the snapshot has no database " + String.join(", ", unknown),
          hint(contents));
    }
  }

  private static String hint(SnapshotContents contents) {
    return contents.items().isEmpty()
        ? "Choose another snapshot: `wb-backup list` shows them."
        : "It has " + String.join(", ", names(contents)) + ".";
  }

  private static Set<String> names(SnapshotContents contents) {
    return contents.items().stream()
        .map(SnapshotContents.Item::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
