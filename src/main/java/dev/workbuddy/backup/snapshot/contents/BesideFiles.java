package dev.workbuddy.backup.snapshot.contents;

import dev.workbuddy.backup.io.SafeNames;
import dev.workbuddy.backup.io.SafeText;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of one of the original's snapshots that are no databases.
 *
 * @param sizes of all of them that are in the tarball, by name
 * @param sound those that can be unpacked
 * @param damage what is wrong with the others; it concerns no database
 */
public record BesideFiles(
    Map<String, Long> sizes, List<SnapshotContents.Beside> sound, List<Damage> damage) {
  static final BesideFiles NONE = new BesideFiles(Map.of(), List.of(), List.of());

  private static final int MOST_CHARACTERS = 1000;
  private static final int SHOWN_CHARACTERS = 120;

  public BesideFiles {
    sizes = Map.copyOf(sizes);
    sound = List.copyOf(sound);
    damage = List.copyOf(damage);
  }

  /**
   * Tells them apart.
   *
   * @param entries every entry of the tarball, with its size
   * @param taken the entries that are something else: databases, the manifest
   * @param stores what the manifest says of them
   */
  static BesideFiles of(Map<String, Long> entries, Set<String> taken, OriginalStores stores) {
    Map<String, Long> sizes = new TreeMap<>(entries);
    sizes.keySet().removeAll(taken);
    Set<String> names = new TreeSet<>(sizes.keySet());
    stores.members().forEach(names::add);
    List<SnapshotContents.Beside> sound = new ArrayList<>();
    List<Damage> damage = new ArrayList<>();
    for (String name : names) {
      Optional<String> problem = problem(name, entries, taken);
      problem.ifPresentOrElse(
          words -> damage.add(new Damage(ErrorCode.ARCHIVE_DAMAGED, shown(name) + " " + words)),
          () ->
              sound.add(
                  new SnapshotContents.Beside(
                      name, entries.getOrDefault(name, 0L), stores.sums().get(name))));
    }
    return new BesideFiles(sizes, sound, damage);
  }

  /** Returns these files with one more damage. */
  BesideFiles with(Damage found) {
    return new BesideFiles(sizes, sound, Stream.concat(Stream.of(found), damage.stream()).toList());
  }

  private static Optional<String> problem(String name, Map<String, Long> sizes, Set<String> taken) {
    if (taken.contains(name)) {
      return Optional.of("is a database or the manifest, and said to be of a truth store as well");
    }
    if (!sizes.containsKey(name)) {
      return Optional.of("is said to be of a truth store, and is not in the snapshot");
    }
    if (SafeNames.isOurs(name)) {
      return Optional.of("has a name of wb-backup's own");
    }
    if (name.length() > MOST_CHARACTERS) {
      return Optional.of("has a name that is too long");
    }
    return directories(name).stream()
        .filter(sizes::containsKey)
        .findFirst()
        .map(file -> "lies in " + shown(file) + ", which is a file");
  }

  /** The directories that a file of that name lies in, by their names in the tarball. */
  private static List<String> directories(String name) {
    List<String> directories = new ArrayList<>();
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      directories.add(name.substring(0, slash));
    }
    return directories;
  }

  private static String shown(String name) {
    return SafeText.shortened(SafeText.line(name), SHOWN_CHARACTERS);
  }
}
