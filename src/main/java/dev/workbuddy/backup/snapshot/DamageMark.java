package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What {@code verify} found wrong with a snapshot: {@code DAMAGE.json} in its directory, so that it
 * is called damaged from then on. A verify that finds nothing takes it away.
 *
 * @param code the first of what was found
 * @param text what is wrong, for people
 * @param next what the user can do
 * @param at when it was found
 * @param sparesDatabases whether all databases are sound, and only what lies beside them is not;
 *     null for false
 */
public record DamageMark(
    ErrorCode code, String text, String next, Instant at, @Nullable Boolean sparesDatabases) {
  /** More than any real one needs. */
  static final int MOST_BYTES = 1 << 20;

  /** The name of the file. */
  static final String FILE_NAME = "DAMAGE.json";

  /** The fault of whoever bears such a mark, which may be unreadable itself. */
  static SnapshotProblem fault(SnapshotId id, byte[] document) {
    try {
      DamageMark mark = Json.read(document, DamageMark.class);
      return new SnapshotProblem(
          mark.code(), mark.text(), mark.next(), Boolean.TRUE.equals(mark.sparesDatabases()));
    } catch (JacksonException unreadable) {
      return unreadable(id);
    }
  }

  /** That somebody found damage is known, and nothing else. */
  static SnapshotProblem unreadable(SnapshotId id) {
    return new SnapshotProblem(
        ErrorCode.ARCHIVE_DAMAGED,
        id + ": " + FILE_NAME + " is there and cannot be read",
        "`wb-backup verify %s` checks the snapshot again.".formatted(id));
  }
}
