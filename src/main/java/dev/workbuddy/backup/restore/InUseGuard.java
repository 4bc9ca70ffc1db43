package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.OpenFiles;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.LockProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Refuses to swap a directory whose files somebody has open: that process would go on writing into
 * the replaced file, and what it writes would be lost.
 */
final class InUseGuard {
  private InUseGuard() {}

  /**
   * Returns only where nobody is seen to use the directory.
   *
   * @param databases the databases whose locks are asked for where processes cannot be seen
   * @throws BackupException {@code database-in-use} with the processes' ids and commands
   */
  static void require(Path directory, List<String> databases) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    OpenFiles.Scan scan = OpenFiles.below(directory);
    if (!scan.holders().isEmpty()) {
      throw inUse(processes(scan));
    }
    if (!scan.everyProcessSeen()) {
      requireLocks(directory, databases);
    }
  }

  private static void requireLocks(Path directory, List<String> databases) throws IOException {
    for (String name : databases) {
      Path database = directory.resolve(name);
      if (Files.isRegularFile(database) && !LockProbe.isFree(database)) {
        throw inUse("a process that this user may not see holds a lock on " + database);
      }
    }
  }

  private static String processes(OpenFiles.Scan scan) {
    return scan.holders().stream()
        .map(
            holder ->
                "pid %d (%s) has %s open".formatted(holder.pid(), holder.command(), holder.file()))
        .collect(Collectors.joining("; "));
  }

  private static BackupException inUse(String who) {
    return new BackupException(
        ErrorCode.DATABASE_IN_USE,
        "the live databases are in use: " + who,
        "Stop the application, then try again. Nothing was changed.");
  }
}
