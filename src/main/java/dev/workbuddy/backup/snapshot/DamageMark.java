package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What {@code verify} found wrong with a snapshot: {@code DAMAGE.json} in its directory, so that it
 * is called damaged for as long as its files stay the same. A verify that finds nothing takes the
 * mark away.
 *
 * @param code the first of what was found
 * @param text what is wrong, for people
 * @param next what the user can do
 * @param at when it was found
 * @param sparesDatabases whether all databases are sound, and only what lies beside them is not;
 *     null for false
 * @param files what the snapshot's files were when they were looked at, by name; empty in a mark
 *     from before that was noted, which counts whatever the files are
 */
public record DamageMark(
    ErrorCode code,
    String text,
    String next,
    Instant at,
    @Nullable Boolean sparesDatabases,
    Map<String, FileStamp> files) {
  /** More than any real one needs. */
  static final int MOST_BYTES = 1 << 20;

  /** The name of the file. */
  static final String FILE_NAME = "DAMAGE.json";

  /**
   * The fault that a mark tells of, which may be unreadable itself; null where a file of the
   * snapshot is another one by now.
   */
  static @Nullable SnapshotProblem fault(StoredSnapshot snapshot, byte[] document)
      throws IOException {
    DamageMark mark;
    try {
      mark = Json.read(document, DamageMark.class);
    } catch (JacksonException unreadable) {
      return unreadable(snapshot.id());
    }
    if (mark.files().isEmpty()) {
      return mark.undated(snapshot.id());
    }
    return mark.files().equals(FileStamp.of(snapshot))
        ? mark.fault(mark.text(), mark.next())
        : null;
  }

  private SnapshotProblem fault(String words, String hint) {
    return new SnapshotProblem(code, words, hint, Boolean.TRUE.equals(sparesDatabases));
  }

  /** Nobody knows whether the files are still those that were looked at. */
  private SnapshotProblem undated(SnapshotId id) {
    return fault(
        "%s (found at %s)".formatted(text, at),
        "`wb-backup verify %s` looks again. %s".formatted(id, next));
  }

  /** That somebody found damage is known, and nothing else. */
  static SnapshotProblem unreadable(SnapshotId id) {
    return new SnapshotProblem(
        ErrorCode.ARCHIVE_DAMAGED,
        id + ": " + FILE_NAME + " is there and cannot be read",
        "`wb-backup verify %s` checks the snapshot again.".formatted(id));
  }
}
