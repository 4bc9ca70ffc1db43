package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the snapshot that a person means: a whole id, an unambiguous beginning, or "latest". */
public final class SnapshotFinder {
  private static final String LATEST = "latest";
  private static final String SEE_LIST = "`wb-backup list` shows the snapshots.";

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
    if (text.equals(LATEST)) {
      return latest(newestFirst);
    }
    List<StoredSnapshot> matches =
        newestFirst.stream().filter(snapshot -> matches(snapshot.id(), text)).toList();
    return switch (matches.size()) {
      case 1 -> matches.getFirst();
      case 0 -> throw notFound(text);
      default -> exact(matches, text);
    };
  }

  private static boolean matches(SnapshotId id, String text) {
    return !text.isEmpty()
        && (id.toString().startsWith(text) || withoutPrefix(id).startsWith(text));
  }

  private static String withoutPrefix(SnapshotId id) {
    return id.toString().substring("snap-".length());
  }

  private static StoredSnapshot latest(List<StoredSnapshot> newestFirst) {
    for (SnapshotState wanted : List.of(SnapshotState.COMPLETE, SnapshotState.INCOMPLETE)) {
      for (StoredSnapshot snapshot : newestFirst) {
        if (snapshot.state() == wanted) {
          return snapshot;
        }
      }
    }
    throw newestFirst.isEmpty()
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

  private static StoredSnapshot exact(List<StoredSnapshot> matches, String text) {
    return matches.stream()
        .filter(snapshot -> snapshot.id().toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorCode.SNAPSHOT_ID_AMBIGUOUS,
                    "%s could mean %d snapshots: %s"
                        .formatted(text, matches.size(), firstFew(matches)),
                    "Give more of the id. " + SEE_LIST));
  }

  private static String firstFew(List<StoredSnapshot> matches) {
    return matches.stream()
            .limit(3)
            .map(snapshot -> snapshot.id().toString())
            .collect(Collectors.joining(", "))
        + (matches.size() > 3 ? ", …" : "");
  }

  private static BackupException notFound(String text) {
    boolean couldBeAnId = text.matches("[0-9A-Za-z-]+");
    return couldBeAnId
        ? new BackupException(
            ErrorCode.SNAPSHOT_NOT_FOUND, "there is no snapshot " + text, SEE_LIST)
        : new BackupException(
            ErrorCode.SNAPSHOT_ID_INVALID, "'" + text + "' is not a snapshot id", SEE_LIST);
  }
}
