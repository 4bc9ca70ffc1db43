package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.RelativePath;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import dev.workbuddy.backup.sqlite.SideFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The data that a swap replaced, kept for a rollback: {@code db.pre_restore_<ts>}. It holds the
 * replaced databases with the files that stood beside them, and nothing that is still in use.
 *
 * @param replacedBy the snapshot that took their place
 * @param databases the databases that the swap replaced, those included that were not there before
 */
record ReplacedData(String replacedBy, List<RelativePath> databases) {
  private static final String FILE_NAME = ".wb-backup-kept.json";
  private static final int MOST_BYTES = 16 << 20;

  ReplacedData {
    databases = List.copyOf(databases);
  }

  /** Whether the directory is one that a swap has finished with. */
  static boolean isIn(Path kept) {
    return Files.isRegularFile(kept.resolve(FILE_NAME), LinkOption.NOFOLLOW_LINKS);
  }

  static ReplacedData read(Path kept) throws IOException {
    Path file = kept.resolve(FILE_NAME);
    return switch (new StateFile(file, MOST_BYTES).json(ReplacedData.class)) {
      case Stored.Found<ReplacedData>(ReplacedData data) -> data;
      case Stored.Absent<ReplacedData>() -> throw new IOException(file + " is not there");
      case Stored.Unusable<ReplacedData>(String why) -> throw new IOException(file + " " + why);
    };
  }

  /** The databases' places, relative to the directory. */
  List<String> files() {
    return databases.stream().map(RelativePath::text).toList();
  }

  /**
   * Takes out of the old directory what the live one has as well, and notes what is left.
   * Repeatable. A file that cannot be taken out stays there under its second name.
   *
   * @return what stayed, in words for the user
   */
  static List<String> tidy(Path kept, Path live, SwapJournal journal) throws IOException {
    List<String> stayed = new ArrayList<>();
    for (String file : new CarriedFiles(kept, journal.files()).files()) {
      if (isCarried(kept.resolve(file), live.resolve(file))) {
        takeOut(kept.resolve(file), stayed);
      }
    }
    ReplacedData note = new ReplacedData(journal.snapshotId(), journal.replaced());
    DurableFiles.writeForOthers(kept.resolve(FILE_NAME), Json.bytes(note));
    DurableFiles.syncDirectories(kept);
    return stayed;
  }

  private static void takeOut(Path file, List<String> stayed) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      stayed.add(
          "%s could not be removed, though the live directory has it as well: %s"
              .formatted(file, IoMessages.of(e)));
    }
  }

  /** Not so where somebody replaced the file after it was carried over: then this is the newer. */
  private static boolean isCarried(Path old, Path now) throws IOException {
    if (!Files.exists(old, LinkOption.NOFOLLOW_LINKS)
        || !Files.exists(now, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    return FileFingerprints.isShared(old, now) || (isFile(old) && isFile(now) && isEqual(old, now));
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isEqual(Path old, Path now) throws IOException {
    return Files.mismatch(old, now) < 0;
  }

  /**
   * Where the new directory's databases are the kept ones under a second name (a rollback), who
   * wrote into the new ones wrote into the kept ones; then their logs belong beside both.
   */
  static void shareSideFiles(List<String> written, Path staging, Path kept) throws IOException {
    for (String file : written) {
      String database = SideFiles.databaseOf(file);
      if (database != null
          && FileFingerprints.isShared(staging.resolve(database), kept.resolve(database))
          && !Files.exists(kept.resolve(file))) {
        CarriedFiles.linkOrCopy(staging.resolve(file), kept.resolve(file));
      }
    }
  }

  /** Gives the kept files a second name in a staging directory, but for names that it has. */
  static void linkInto(Path kept, Path staging) throws IOException {
    for (Path path : FileTrees.list(kept)) {
      Path counterpart = staging.resolve(kept.relativize(path).toString());
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(counterpart);
      } else if (!path.endsWith(FILE_NAME)
          && !Files.exists(counterpart, LinkOption.NOFOLLOW_LINKS)) {
        CarriedFiles.linkOrCopy(path, counterpart);
      }
    }
  }

  /**
   * Takes directories out of a staging directory that only the spent restore had made: those of
   * files that were not there before it. What holds something else stays.
   *
   * @return what stayed, in words for the user
   */
  List<String> removeEmptied(Path kept, Path staging) throws IOException {
    Set<Path> holding = new TreeSet<>();
    for (String file : files()) {
      Path place = staging.resolve(file);
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        firstHolding(DurableFiles.parent(place), kept, staging).ifPresent(holding::add);
      }
    }
    return holding.stream()
        .map(staging::relativize)
        .map(directory -> directory + " stays: it holds files that the restore did not put there")
        .toList();
  }

  /** Deletes directories upwards, as far as they are empty and were not there before. */
  private static Optional<Path> firstHolding(Path lowest, Path kept, Path staging)
      throws IOException {
    Path directory = lowest;
    while (!directory.equals(staging)
        && !Files.exists(kept.resolve(staging.relativize(directory)), LinkOption.NOFOLLOW_LINKS)) {
      try {
        Files.deleteIfExists(directory);
      } catch (DirectoryNotEmptyException e) {
        return Optional.of(directory);
      }
      directory = DurableFiles.parent(directory);
    }
    return Optional.empty();
  }
}
