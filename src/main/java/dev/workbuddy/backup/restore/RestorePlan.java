package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.snapshot.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would do, decided without doing it.
 *
 * @param takenAt the moment that the data would go back to, ISO 8601 in UTC
 * @param target the directory that the databases go into
 * @param live whether that is the live directory, whose old content is then kept
 * @param databases what would be put there
 * @param missing databases that the snapshot does not hold; live ones stay as they are
 * @param beside files that are no databases, as places below the target, by their names in the
 *     snapshot
 * @param checksums whether the snapshot has checksums of its databases; the original's have none
 * @param carriedOver other files of the live directory, which stay
 * @param warnings what the user should know first
 */
public record RestorePlan(
    String snapshotId,
    String takenAt,
    String target,
    boolean live,
    List<Planned> databases,
    List<Manifest.Missing> missing,
    Map<String, String> beside,
    boolean checksums,
    List<String> carriedOver,
    List<String> warnings) {

  /**
   * One database to be restored.
   *
   * @param schemaVersion the one in the snapshot
   * @param replaces whether there is a file in its place now
   * @param migration the way to today's schema; null where it is restored as it is
   */
  public record Planned(
      String name,
      String file,
      long bytes,
      long rows,
      int schemaVersion,
      boolean replaces,
      @Nullable Migration migration) {}

  public RestorePlan {
    databases = List.copyOf(databases);
    missing = List.copyOf(missing);
    beside = Map.copyOf(beside);
    carriedOver = List.copyOf(carriedOver);
    warnings = List.copyOf(warnings);
  }

  /** The places below the target of all that is put there. */
  List<String> files() {
    return Stream.concat(databases.stream().map(Planned::file), beside.values().stream().sorted())
        .toList();
  }

  /** The room that it takes: a database that is migrated may be rewritten as a whole. */
  long bytes() {
    return databases.stream()
        .mapToLong(
            database ->
                database.migration() != null && database.migration().changes()
                    ? 3 * database.bytes()
                    : database.bytes())
        .sum();
  }
}
