package dev.workbuddy.backup.backup;

import java.nio.file.Path;

/**
 * Looks into the copies that a snapshot makes, while they are checked and packed: each is a
 * database as it was at the snapshot's moment, in a file that nobody writes.
 */
@FunctionalInterface
public interface CopyReader {
  /** Where nobody wants to look. */
  CopyReader NOBODY = (_, _) -> {};

  /**
   * Reads one copy, on a thread beside the snapshot's; several may be read at once. The snapshot is
   * published after it returns. What it throws ends the snapshot.
   *
   * @param database the logical name
   * @param copy not yet known to be sound; gone soon after this returns
   */
  void read(String database, Path copy);
}
