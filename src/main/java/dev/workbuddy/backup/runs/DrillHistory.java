package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The rehearsals of restores so far: {@code drills.jsonl}, one record on each line. It holds the
 * newest {@value #MOST_DRILLS} or 1 MiB of them.
 */
public final class DrillHistory {
  static final String FILE_NAME = "drills.jsonl";
  static final int MOST_DRILLS = 1000;
  private static final int MOST_BYTES = 1 << 20;

  private final JsonLines<DrillRecord> lines;

  public DrillHistory(Path backupsDir) {
    this.lines =
        new JsonLines<>(
            backupsDir.resolve(FILE_NAME),
            line -> Json.read(line, DrillRecord.class),
            MOST_DRILLS,
            MOST_BYTES);
  }

  /** Those that can be read. */
  public Drills read() throws IOException {
    return new Drills(lines.read());
  }

  /**
   * Those of one place, or of all, that can be read, for those whom a broken disk must not stop.
   */
  public Drills readIfPossible() {
    try {
      return read();
    } catch (IOException unreadable) {
      return new Drills(List.of());
    }
  }

  /** Adds the newest. Wants no one else to write at the same time. */
  public void add(DrillRecord drill) throws IOException {
    lines.add(drill);
  }
}
