package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names that belong to the live database directory; all of them stand beside it. Where its name
 * is a symbolic link, that stays, and it is the directory behind it that is swapped.
 */
record LiveDirectory(Path path) {
  private static final String STAGING = ".staging_";
  private static final String KEPT = ".pre_restore_";
  private static final String REFUSED = ".refused_";
  private static final int MAX_LINKS = 40;

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

  static LiveDirectory of(Settings settings) {
    try {
      return new LiveDirectory(behindLinks(settings.dbDir()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Also where nothing is behind the link just now: in the middle of a swap. */
  private static Path behindLinks(Path path) throws IOException {
    Path directory = path;
    for (int links = 0; Files.isSymbolicLink(directory); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      Path parent = DurableFiles.parent(directory).toRealPath();
      directory = parent.resolve(Files.readSymbolicLink(directory)).normalize();
    }
    return directory;
  }

  /**
   * Now, to the millisecond that names tell; where the clock was set back, just after the last
   * restore: names tell the order.
   */
  Instant moment(Instant now) throws IOException {
    Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
    Optional<Instant> last = newestKept().flatMap(this::keptAt);
    return last.isPresent() && !moment.isAfter(last.get()) ? last.get().plusMillis(1) : moment;
  }

  /** When the restore was that replaced the kept data; empty where its name does not tell. */
  Optional<Instant> keptAt(Path kept) {
    return stamp(kept.getFileName().toString(), KEPT);
  }

  /** When a restore began, by its staging directory's name; empty where that does not tell. */
  Optional<Instant> stagedAt(String staging) {
    return stamp(staging, STAGING);
  }

  private Optional<Instant> stamp(String name, String infix) {
    if (!name.startsWith(path.getFileName() + infix)) {
      return Optional.empty();
    }
    String stamp = name.substring((path.getFileName() + infix).length());
    try {
      return Optional.of(STAMP.parse(stamp, Instant::from));
    } catch (DateTimeException ofAnotherHand) {
      return Optional.empty();
    }
  }

  /** A restore in progress. */
  Path staging(Instant now) {
    return sibling(STAGING + STAMP.format(now));
  }

  /** What a restore replaced. */
  Path kept(Instant now) {
    return sibling(KEPT + STAMP.format(now));
  }

  /** Restored data that was live for a moment, and into which somebody wrote meanwhile. */
  Path refused(String staging) {
    return sibling(REFUSED + staging.substring((path.getFileName() + STAGING).length()));
  }

  /** The note that lets the next command finish or undo a swap that was cut short. */
  Path journal() {
    return sibling(".swap.json");
  }

  /** Restores that were cut short before their swap. */
  List<Path> stagings() throws IOException {
    return siblings(STAGING);
  }

  /** The newest replaced directory that a rollback could bring back. */
  Optional<Path> newestKept() throws IOException {
    return siblings(KEPT).stream().filter(KeptData::isIn).max(Comparator.comparing(Path::toString));
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private List<Path> siblings(String infix) throws IOException {
    Path parent = sibling("").getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    String prefix = path.getFileName() + infix;
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix))
          .filter(Files::isDirectory)
          .toList();
    }
  }
}
