package dev.workbuddy.backup.config;

import dev.workbuddy.backup.io.SafeNames;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides which paths the configuration accepts, by rules that are equal on every system. */
final class PathRules {
  private static final String MANIFEST = "MANIFEST.json";
  private static final List<String> COMPANIONS = List.of("-wal", "-shm", "-journal");

  private PathRules() {}

  /** A directory, absolute or relative. */
  static String directory(String text) throws InvalidValueException {
    if (isHomeShorthand(text)) {
      throw new InvalidValueException("~ is not expanded; write the whole path");
    }
    requirePossible(text);
    return text;
  }

  /** Whether a shell would put the home directory in place of the path's beginning. */
  static boolean isHomeShorthand(String text) {
    return text.equals("~") || text.startsWith("~/");
  }

  /** The live database directory, relative to the data root. */
  static String liveDirectory(String text) throws InvalidValueException {
    String path = relative(text);
    String first = folded(path).split("/", 2)[0];
    if (first.equals("backups")) {
      throw new InvalidValueException("must not lie in backups, where the snapshots are kept");
    }
    if (isMadeByRestore(first)) {
      throw new InvalidValueException("must not begin like a directory that a restore makes");
    }
    return path;
  }

  /** A database file, relative to the live database directory. */
  static String database(String text) throws InvalidValueException {
    String path = relative(text);
    if (path.isBlank()) {
      throw new InvalidValueException("must not be blank");
    }
    if (folded(path).split("/", 2)[0].equals(folded(MANIFEST))) {
      throw new InvalidValueException("must not be " + MANIFEST + ", the manifest's own name");
    }
    if (SafeNames.isOurs(path)) {
      throw new InvalidValueException("must not be a name of wb-backup's own");
    }
    return path;
  }

  /** A file below some directory. */
  static String below(String text) throws InvalidValueException {
    return relative(text);
  }

  /** Whether a name is one of those that a restore gives to the directories it makes. */
  static boolean isMadeByRestore(String name) {
    return name.startsWith("db.staging_") || name.startsWith("db.pre_restore_");
  }

  /** Whether a file is named like one that SQLite keeps beside a database. */
  static boolean isCompanion(String path) {
    return COMPANIONS.stream().anyMatch(path::endsWith);
  }

  /** Why a database cannot be configured beside the others, or nothing. */
  static Optional<String> conflict(String path, List<VitalDatabase> others) {
    return others.stream().flatMap(other -> conflict(path, other).stream()).findFirst();
  }

  private static Optional<String> conflict(String path, VitalDatabase other) {
    return other.places().stream()
        .flatMap(place -> conflict(path, other, place).stream())
        .findFirst();
  }

  private static Optional<String> conflict(String path, VitalDatabase other, String place) {
    String mine = folded(path);
    String theirs = folded(place);
    if (mine.equals(theirs)) {
      return Optional.of("is also the path of " + other.name());
    }
    if (mine.startsWith(theirs + "/")) {
      return Optional.of("lies below " + place + ", the file of " + other.name());
    }
    if (theirs.startsWith(mine + "/")) {
      return Optional.of("is the directory of " + place + ", the file of " + other.name());
    }
    boolean companions = isCompanion(mine, theirs) || isCompanion(theirs, mine);
    return companions
        ? Optional.of("is a name that SQLite uses beside " + place)
        : Optional.empty();
  }

  private static boolean isCompanion(String path, String database) {
    return COMPANIONS.stream().anyMatch(suffix -> path.equals(database + suffix));
  }

  private static String relative(String text) throws InvalidValueException {
    String path = text.replace(File.separatorChar, '/');
    if (path.startsWith("/") || path.matches("[A-Za-z]:/.*")) {
      throw new InvalidValueException("must be a relative path, not \"" + text + "\"");
    }
    if (path.matches("(?s)[A-Za-z]:.*")) {
      throw new InvalidValueException(
          "must not begin with a letter and a colon, which Windows would take for a drive, so that"
              + " a snapshot could not be restored there; rename the file");
    }
    if (path.indexOf('\\') >= 0) {
      throw new InvalidValueException("must have / between names, not \\");
    }
    if (path.codePoints().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException("must not hold control characters");
    }
    if (Stream.of(path.split("/", -1)).anyMatch(".."::equals)) {
      throw new InvalidValueException("must not climb with ..");
    }
    String normal =
        Stream.of(path.split("/", -1))
            .filter(part -> !part.isEmpty() && !part.equals("."))
            .collect(Collectors.joining("/"));
    if (normal.isEmpty()) {
      throw new InvalidValueException("must name something below the directory");
    }
    requirePossible(normal);
    return normal;
  }

  private static void requirePossible(String text) throws InvalidValueException {
    try {
      var _ = Path.of(text);
    } catch (InvalidPathException e) {
      throw new InvalidValueException("is not a possible path here: " + e.getReason());
    }
  }

  /** Equal for paths that some file system takes for the same. */
  private static String folded(String path) {
    return Normalizer.normalize(path, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
