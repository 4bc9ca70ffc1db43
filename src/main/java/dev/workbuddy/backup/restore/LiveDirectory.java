package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.TrustedLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
    return behind(settings.dbDir());
  }

  /** The directory itself, or that behind the link. */
  static LiveDirectory behind(Path dbDir) {
    try {
      return new LiveDirectory(behindLinks(dbDir));
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
      TrustedLinks.require(directory);
      Path parent = DurableFiles.parent(directory).toRealPath();
      String target = Files.readSymbolicLink(directory).toString(); // May end with a slash.
      directory = parent.resolve(target).normalize();
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
    String prefix = path.getFileName() + infix;
    return name.startsWith(prefix) ? instant(name.substring(prefix.length())) : Optional.empty();
  }

  /** Whether a restore, into whichever directory, may have made a directory of this name. */
  static boolean isStagingName(String name) {
    int at = name.lastIndexOf(STAGING);
    return at > 0 && instant(name.substring(at + STAGING.length())).isPresent();
  }

  private static Optional<Instant> instant(String stamp) {
    try {
      return Optional.of(STAMP.parse(stamp, Instant::from));
    } catch (DateTimeException ofAnotherHand) {
      return Optional.empty();
    }
  }

  /**
   * The place of a name that a note tells; empty where it is no name that a restore gives. No note
   * can cause anything else to be renamed or deleted.
   */
  Optional<Path> own(String name) {
    return stamp(name, STAGING)
        .or(() -> stamp(name, KEPT))
        .map(_ -> path.resolveSibling(name))
        .filter(place -> !Files.isSymbolicLink(place));
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

  /** Where the data is that replaced data is kept in, as long as it has no better name. */
  Path keptOrStill(Path kept, Path staging) {
    return Files.exists(kept) || !Files.exists(staging) ? kept : staging;
  }

  /** The newest replaced directory that a rollback could bring back. */
  Optional<Path> newestKept() throws IOException {
    return siblings(KEPT).stream()
        .filter(ReplacedData::isIn)
        .max(Comparator.comparing(Path::toString));
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private List<Path> siblings(String infix) throws IOException {
    Path parent = sibling("").getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> stamp(entry.getFileName().toString(), infix).isPresent())
          .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .toList();
    }
  }
}
