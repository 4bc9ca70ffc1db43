package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.OpenFiles;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.DatabaseLocks;
import dev.workbuddy.backup.sqlite.LockProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Refuses to swap a directory whose files somebody has open, under whatever name, or that somebody
 * sees by another mount: that process would go on writing into the replaced file, and what it
 * writes would be lost.
 */
final class InUseGuard {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int STEPS = 20;
  static final String NOTHING_CHANGED =
      "Stop the application, then try again. Nothing was changed.";

  private final Sleeper sleeper;

  InUseGuard(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Who has files of the directory open now, in a sentence; empty where nobody is seen to. */
  static Optional<String> users(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    OpenFiles.Scan scan = OpenFiles.below(directory);
    return scan.holders().isEmpty()
        ? Optional.empty()
        : Optional.of(
            OpenFiles.words(scan.holders()) + "; as long as that is so, a restore is refused");
  }

  /**
   * Returns only where nobody is seen to use the directory.
   *
   * @param databases the databases whose locks are asked for where processes cannot be seen
   * @throws BackupException {@code database-in-use} with the processes' ids and commands, {@code
   *     live-directory-mounted} with the mounts
   */
  static void require(Path directory, List<String> databases) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    OpenFiles.Scan scan = OpenFiles.below(directory);
    if (!scan.holders().isEmpty()) {
      throw inUse(OpenFiles.words(scan.holders()), NOTHING_CHANGED);
    }
    MountsInTheWay.requireNoneAnywhere(directory);
    if (!scan.everyProcessSeen()) {
      requireLocks(directory, databases);
    }
  }

  private static void requireLocks(Path directory, List<String> databases) throws IOException {
    for (String name : databases) {
      if (!isFree(directory.resolve(name))) {
        throw lockedByNobodySeen(directory.resolve(name).toString());
      }
    }
  }

  private static boolean isFree(Path database) throws IOException {
    try {
      return !Files.isRegularFile(database) || LockProbe.isFree(database);
    } catch (NoSuchFileException vanished) {
      return true;
    }
  }

  /**
   * Locks the databases, so that nobody begins to use them; waits a little for short transactions.
   *
   * @throws BackupException {@code database-in-use}
   */
  DatabaseLocks lock(Path directory, List<String> databases) throws IOException {
    List<Path> files = databases.stream().map(directory::resolve).toList();
    Optional<DatabaseLocks> locks = DatabaseLocks.tryAcquire(files);
    for (int step = 0; locks.isEmpty() && step < STEPS && waited(); step++) {
      locks = DatabaseLocks.tryAcquire(files);
    }
    if (locks.isEmpty()) {
      require(directory, databases);
      throw lockedByNobodySeen("a database in " + directory);
    }
    return locks.get();
  }

  /**
   * Who still has files of the replaced directory open after a while in which short-lived
   * connections end. Files that the new directory shares may be open.
   */
  List<OpenFiles.Holder> whoStaysIn(Path old, Path live) throws IOException {
    List<OpenFiles.Holder> holders = holders(old, live);
    for (int step = 0; !holders.isEmpty() && step < STEPS && waited(); step++) {
      holders = holders(old, live);
    }
    return holders;
  }

  private static List<OpenFiles.Holder> holders(Path old, Path live) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path file : FileTrees.list(old)) {
      if (!FileFingerprints.isShared(file, live.resolve(old.relativize(file).toString()))) {
        files.add(file);
      }
    }
    return OpenFiles.among(files).holders();
  }

  /** False where somebody wants the program to end. */
  private boolean waited() {
    try {
      sleeper.sleep(STEP);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static BackupException lockedByNobodySeen(String what) {
    return inUse("a process that this user may not see holds a lock on " + what, NOTHING_CHANGED);
  }

  static BackupException inUse(String who, String hint) {
    return new BackupException(
        ErrorCode.DATABASE_IN_USE, "the live databases are in use: " + who, hint);
  }
}
