package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.contents.SnapshotContents;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a restore takes out of a snapshot.
 *
 * @param items the wanted databases that the snapshot holds; at least one
 * @param missing the wanted ones that it lacks
 * @param strangers those that it holds, that nobody asked for by name, and that the configuration
 *     does not know
 */
record Selection(
    List<SnapshotContents.Item> items,
    List<Manifest.Missing> missing,
    List<SnapshotContents.Item> strangers) {

  /**
   * Chooses.
   *
   * @param settings with today's databases; a snapshot may be older or newer than some of them
   * @throws BackupException {@code database-unknown} where a name is neither in the snapshot nor in
   *     the configuration, or where the configuration knows none of the wanted; {@code
   *     nothing-to-restore} where the snapshot has none of the wanted
   */
  static Selection of(SnapshotContents contents, Settings settings, RestoreRequest request) {
    List<Manifest.Missing> lacking = lacking(contents, settings);
    requireThere(contents, lacking, request);
    List<SnapshotContents.Item> wanted =
        contents.items().stream().filter(item -> request.wants(item.name())).toList();
    List<SnapshotContents.Item> strangers =
        wanted.stream().filter(item -> isStranger(item, settings, request)).toList();
    refuseNamed(strangers, request.only());
    Selection selection =
        new Selection(
            wanted.stream().filter(item -> !strangers.contains(item)).toList(),
            lacking.stream().filter(missing -> request.wants(missing.database())).toList(),
            strangers);
    if (selection.items().isEmpty()) {
      throw strangers.isEmpty() ? nothing(contents, selection) : unknown(strangers);
    }
    return selection;
  }

  /** A directory to look into takes everything; the live one only what somebody knows. */
  private static boolean isStranger(
      SnapshotContents.Item item, Settings settings, RestoreRequest request) {
    return request.to() == null
        && !request.also().contains(item.name())
        && settings.database(item.name()).isEmpty();
  }

  /** What is missing or left out, and why, in words. */
  List<String> words() {
    return Stream.concat(
            missing.stream()
                .map(m -> "%s is not in the snapshot (%s)".formatted(m.database(), m.detail())),
            strangers.stream()
                .map(
                    item ->
                        "%s stays in the snapshot: the configuration does not know it; `--also %s`"
                                .formatted(item.name(), item.name())
                            + " restores it to "
                            + item.file()))
        .toList();
  }

  private static List<Manifest.Missing> lacking(SnapshotContents contents, Settings settings) {
    List<Manifest.Missing> lacking = new ArrayList<>(contents.missing());
    Set<String> told = new TreeSet<>(names(contents.items()));
    contents.missing().forEach(missing -> told.add(missing.database()));
    for (VitalDatabase database : settings.databases()) {
      if (!told.contains(database.name())
          && (!database.optional() || Files.exists(database.in(settings.dbDir())))) {
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

  private static void requireThere(
      SnapshotContents contents, List<Manifest.Missing> lacking, RestoreRequest request) {
    Set<String> unknown = new TreeSet<>(request.only());
    unknown.addAll(request.also());
    unknown.removeAll(names(contents.items()));
    lacking.forEach(missing -> unknown.remove(missing.database()));
    if (!unknown.isEmpty()) {
      throw new BackupException(
          ErrorCode.DATABASE_UNKNOWN,
          "the snapshot has no database " + String.join(", ", unknown),
          hint(contents));
    }
  }

  private static void refuseNamed(List<SnapshotContents.Item> strangers, Set<String> only) {
    List<SnapshotContents.Item> named =
        strangers.stream().filter(item -> only.contains(item.name())).toList();
    if (!named.isEmpty()) {
      throw unknown(named);
    }
  }

  private static BackupException unknown(List<SnapshotContents.Item> strangers) {
    String names = String.join(", ", names(strangers));
    return new BackupException(
        ErrorCode.DATABASE_UNKNOWN,
        "the configuration does not know what the snapshot holds: " + names,
        "Add it to backups.databases with its path; or --also %s restores it to where the snapshot"
                .formatted(String.join(",", names(strangers)))
            + " has it. Nothing was changed.");
  }

  private static BackupException nothing(SnapshotContents contents, Selection selection) {
    return new BackupException(
        ErrorCode.NOTHING_TO_RESTORE,
        "the snapshot has nothing to restore: " + String.join("; ", selection.words()),
        hint(contents) + " Nothing was changed.");
  }

  private static String hint(SnapshotContents contents) {
    return contents.items().isEmpty()
        ? "Choose another snapshot: `wb-backup list` shows them."
        : "It has " + String.join(", ", names(contents.items())) + ".";
  }

  private static Set<String> names(Collection<SnapshotContents.Item> items) {
    return items.stream()
        .map(SnapshotContents.Item::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
