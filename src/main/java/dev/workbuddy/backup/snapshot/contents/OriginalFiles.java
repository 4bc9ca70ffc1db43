package dev.workbuddy.backup.snapshot.contents;

import dev.workbuddy.backup.config.Applications;
import dev.workbuddy.backup.config.VitalDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which entry of the original's tarballs is which database: its manifest tells names only, and its
 * tarball flat file names only.
 */
final class OriginalFiles {
  private OriginalFiles() {}

  /**
   * One database of the original's.
   *
   * @param entry its name in the tarball
   * @param file its place below the live directory
   */
  public record Entry(String name, String entry, String file) {}

  /**
   * The database of a name, with the place that it goes to.
   *
   * @param databases those that have a place
   * @param entries the tarball's entries with their sizes
   */
  public static Entry of(String name, List<VitalDatabase> databases, Map<String, Long> entries) {
    Optional<VitalDatabase> known =
        databases.stream().filter(database -> database.name().equals(name)).findFirst();
    List<String> flat =
        Stream.concat(
                known.stream().flatMap(database -> database.places().stream()),
                Stream.concat(
                    Applications.placesOfWorkBuddy(name).stream(), Stream.of(name + ".db")))
            .map(SnapshotContents::flatName)
            .toList();
    String entry =
        flat.stream()
            .filter(file -> entries.getOrDefault(file, 0L) > 0)
            .findFirst()
            .or(() -> flat.stream().filter(entries::containsKey).findFirst())
            .orElseGet(flat::getFirst);
    return new Entry(name, entry, known.map(database -> place(database, entry)).orElse(entry));
  }

  /** The original had all files side by side. */
  private static String place(VitalDatabase database, String entry) {
    return database.places().contains(entry) ? entry : database.path();
  }
}
