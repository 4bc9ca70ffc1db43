package dev.workbuddy.backup.snapshot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The note {@code RECOVERED.json} beside the rows that could be read of a damaged database. They
 * are no snapshot: some may be missing, or be rows that had been deleted.
 *
 * @param database the logical name
 * @param file the whole path of the SQLite file that has them
 * @param recoveredAt when they were read, ISO 8601 in UTC
 * @param by how they were read: {@code sqlite3 .recover}, or {@code table by table}
 * @param damage why the database could not be saved, in words for people
 * @param damagedSha256 the checksum of the damaged file's copy that they were read from
 * @param goodSnapshot the newest snapshot that has the database; null where none has
 * @param rows how many rows of which table; of {@code sqlite3 .recover} {@code lost_and_found} is
 *     one
 * @param left what could not be read, in words for people; empty where nobody can tell
 */
public record RecoveredRows(
    String database,
    String file,
    String recoveredAt,
    String by,
    String damage,
    String damagedSha256,
    @Nullable String goodSnapshot,
    Map<String, Long> rows,
    List<String> left) {
  public RecoveredRows {
    rows = new TreeMap<>(rows);
    left = List.copyOf(left);
  }

  /** Returns this note with the file's place as it is now. */
  RecoveredRows in(Path place) {
    return new RecoveredRows(
        database,
        place.toString(),
        recoveredAt,
        by,
        damage,
        damagedSha256,
        goodSnapshot,
        rows,
        left);
  }

  public long total() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What there is and how to open it, in one sentence without its end. */
  public String text() {
    return "%s: %,d rows could be read of the damaged file (%s): `sqlite3 %s` opens them. They are no snapshot: check them before you use them"
        .formatted(database, total(), by, file);
  }
}
