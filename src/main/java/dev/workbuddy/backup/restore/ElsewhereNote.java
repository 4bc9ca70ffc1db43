package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Where a restore into another directory unpacks, for whoever tidies up after one that was killed.
 * The unpacked directory bears the note's secret, and only such a one is ever deleted: no note
 * makes anybody delete another directory.
 *
 * @param staging the directory, absolute
 * @param target the name that it gets, absolute
 * @param secret what nobody guesses
 */
record ElsewhereNote(String staging, String target, String secret) {
  private static final String FILE_NAME = "restore-elsewhere.json";
  private static final String MARKER = ".wb-backup-elsewhere";
  private static final int MOST_BYTES = 1 << 16;
  private static final int SECRET_BYTES = 16;

  static ElsewhereNote of(Path staging, Path target, RandomGenerator random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new ElsewhereNote(
        staging.toString(), target.toString(), HexFormat.of().formatHex(secret));
  }

  static boolean isIn(Path backups) {
    return Files.exists(backups.resolve(FILE_NAME), LinkOption.NOFOLLOW_LINKS);
  }

  /** Notes that the restore begins. A history that cannot be written has no notes. */
  void begin(Path backups) throws IOException {
    if (Files.isWritable(backups)) {
      DurableFiles.write(backups.resolve(FILE_NAME), Json.bytes(this));
    }
  }

  /** The new directory bears the secret from now on. */
  void markIn(Path directory) throws IOException {
    DurableFiles.write(directory.resolve(MARKER), secret.getBytes(StandardCharsets.UTF_8));
  }

  /** The directory has its name: it needs no mark any more, and the note is of no use. */
  static void end(Path target, Path backups) throws IOException {
    Files.deleteIfExists(target.resolve(MARKER));
    forget(backups);
  }

  /** Nothing of it is left. Where there is no note, the history may well be read-only. */
  static void forget(Path backups) throws IOException {
    if (isIn(backups)) {
      Files.deleteIfExists(backups.resolve(FILE_NAME));
    }
  }

  /**
   * Deletes what a killed restore has unpacked. The run lock is held, so none goes on.
   *
   * @return what was done, or could not be, in words for the user; empty where there was nothing
   */
  static List<String> recover(Path backups) throws IOException {
    Optional<ElsewhereNote> note = file(backups).json(ElsewhereNote.class).found();
    Optional<Path> named = note.flatMap(found -> found.marked(found.target()));
    if (named.isPresent()) {
      end(named.get(), backups);
    }
    Optional<Path> left = note.flatMap(ElsewhereNote::left);
    Optional<String> rest = left.flatMap(DurableFiles::tryDeleteTree);
    if (rest.isEmpty()) {
      forget(backups);
    }
    return left
        .map(
            directory ->
                rest.orElse("removed " + directory + ", which an interrupted restore left"))
        .stream()
        .toList();
  }

  /** The unpacked directory, if it is one that the restore has made. */
  private Optional<Path> left() {
    return marked(staging).or(() -> directory(staging).filter(ElsewhereNote::isBarelyMade));
  }

  private Optional<Path> marked(String path) {
    return directory(path).filter(this::bearsSecret);
  }

  private static Optional<Path> directory(String path) {
    try {
      return Optional.of(Path.of(path))
          .filter(Path::isAbsolute)
          .filter(place -> Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS));
    } catch (InvalidPathException impossible) {
      return Optional.empty();
    }
  }

  private boolean bearsSecret(Path directory) {
    return new StateFile(directory.resolve(MARKER), MOST_BYTES)
        .read()
        .found()
        .filter(found -> Arrays.equals(found, secret.getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  /** It was killed before it could mark the directory; nothing but its name is lost with it. */
  private static boolean isBarelyMade(Path directory) {
    Path name = directory.getFileName();
    if (name == null || !LiveDirectory.isStagingName(name.toString())) {
      return false;
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private static StateFile file(Path backups) {
    return new StateFile(backups.resolve(FILE_NAME), MOST_BYTES);
  }
}
