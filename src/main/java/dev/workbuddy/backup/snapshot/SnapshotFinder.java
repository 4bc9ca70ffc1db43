package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.util.List;

/** Finds the snapshot that a person means in the local history. */
public final class SnapshotFinder {
  private static final String SEE_LIST = "`wb-backup list` shows the snapshots.";
  private static final SnapshotIdMatcher<StoredSnapshot> MATCH =
      new SnapshotIdMatcher<>(StoredSnapshot::id, StoredSnapshot::state, SEE_LIST);

  private final LocalStore store;

  public SnapshotFinder(LocalStore store) {
    this.store = store;
  }

  /**
   * The snapshot meant by the text. {@code latest} is the newest complete one, or the newest
   * incomplete one where none is complete.
   *
   * @throws BackupException where there is none, or more than one
   */
  public StoredSnapshot find(String text) throws IOException {
    List<StoredSnapshot> newestFirst = store.list();
    return text.equals(SnapshotIdMatcher.LATEST)
        ? MATCH.latest(newestFirst).orElseThrow(() -> none(newestFirst))
        : MATCH.one(newestFirst, text);
  }

  /**
   * Refuses what no snapshot can be called, here or elsewhere; a namespace may stand before it.
   *
   * @throws BackupException {@code snapshot-id-invalid}, with what is near
   */
  public void requirePossible(String text) throws IOException {
    String id = text.substring(text.indexOf('/') + 1);
    List<SnapshotId> known = store.list().stream().map(StoredSnapshot::id).toList();
    SnapshotIdMatcher.requirePossible(id, known, SEE_LIST);
  }

  private static BackupException none(List<StoredSnapshot> newestFirst) {
    return newestFirst.isEmpty()
        ? new BackupException(
            ErrorCode.SNAPSHOT_NOT_FOUND,
            "there is no snapshot on this machine",
            "Take one with `wb-backup now`.")
        : new BackupException(
            ErrorCode.SNAPSHOT_NOT_FOUND,
            "none of the snapshots on this machine can be used; the newest: "
                + newestFirst.getFirst().requireFault().text(),
            SEE_LIST);
  }
}
