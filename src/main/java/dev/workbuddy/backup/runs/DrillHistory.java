package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

  /** Why none can be read, with the file's name; empty where some can, or there is none. */
  public Optional<String> problem() {
    return lines.problem();
  }

  /** Adds the newest, as {@link JsonLines#add} does. */
  public Optional<String> add(DrillRecord drill) throws IOException {
    return lines.add(drill);
  }
}
