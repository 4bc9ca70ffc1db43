package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.sqlite.SideFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/**
 * The data that a swap replaced, kept for a rollback: {@code db.pre_restore_<ts>}. It holds the
 * replaced databases with the files that stood beside them, and nothing that is still in use.
 *
 * @param replacedBy the snapshot that took their place
 * @param databases the databases that the swap replaced, those included that were not there before
 */
record KeptData(String replacedBy, List<String> databases) {
  private static final String FILE_NAME = ".wb-backup-kept.json";

  KeptData {
    databases = List.copyOf(databases);
  }

  /** Whether the directory is one that a swap has finished with. */
  static boolean isIn(Path kept) {
    return Files.isRegularFile(kept.resolve(FILE_NAME));
  }

  static KeptData read(Path kept) throws IOException {
    try {
      return Json.read(Files.readAllBytes(kept.resolve(FILE_NAME)), KeptData.class);
    } catch (JacksonException e) {
      throw new IOException(kept.resolve(FILE_NAME) + " cannot be read: " + Json.words(e), e);
    }
  }

  /** Takes the carried-over files out of the old directory and notes what is left. Repeatable. */
  static void tidy(Path kept, Path live, SwapJournal journal) throws IOException {
    for (String file : journal.carried()) {
      if (isCarried(kept.resolve(file), live.resolve(file))) {
        Files.delete(kept.resolve(file));
      }
    }
    KeptData note = new KeptData(journal.snapshotId(), journal.replaced());
    DurableFiles.write(kept.resolve(FILE_NAME), Json.bytes(note));
    DurableFiles.syncDirectories(kept);
  }

  /** Not so where somebody replaced the file after it was carried over: then this is the newer. */
  private static boolean isCarried(Path old, Path now) throws IOException {
    if (!Files.exists(old, LinkOption.NOFOLLOW_LINKS)
        || !Files.exists(now, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    return FileStamps.isShared(old, now) || (isFile(old) && isFile(now) && isEqual(old, now));
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
          && FileStamps.isShared(staging.resolve(database), kept.resolve(database))
          && !Files.exists(kept.resolve(file))) {
        CarryOver.linkOrCopy(staging.resolve(file), kept.resolve(file));
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
        CarryOver.linkOrCopy(path, counterpart);
      }
    }
  }
}
