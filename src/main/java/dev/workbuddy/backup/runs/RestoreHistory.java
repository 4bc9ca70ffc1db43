package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The restores over the live databases so far, and the rollbacks: {@code restores.jsonl}, one
 * record on each line. It holds the newest {@value #MOST_RESTORES} or 1 MiB of them.
 */
public final class RestoreHistory {
  static final String FILE_NAME = "restores.jsonl";
  static final int MOST_RESTORES = 1000;
  private static final int MOST_BYTES = 1 << 20;

  private final JsonLines<RestoreRecord> lines;

  public RestoreHistory(Path backupsDir) {
    this.lines =
        new JsonLines<>(
            backupsDir.resolve(FILE_NAME),
            line -> Json.read(line, RestoreRecord.class),
            MOST_RESTORES,
            MOST_BYTES);
  }

  /** Those that can be read, oldest first. */
  public List<RestoreRecord> read() throws IOException {
    return lines.read();
  }

  /** The newest that can be read; empty as well where a broken disk does not show any. */
  public Optional<RestoreRecord> newest() {
    try {
      return lines.newest();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Why none can be read, with the file's name; empty where some can, or there is none. */
  public Optional<String> problem() {
    return lines.problem();
  }

  /**
   * Adds the newest, as {@link JsonLines#add} does. A restore that was recorded before, by a
   * process that was cut short afterwards, is replaced rather than added twice. Requires that
   * nobody else writes at the same time.
   */
  Optional<String> put(RestoreRecord restore) throws IOException {
    if (newest().filter(restore::isSame).isPresent()) {
      lines.replaceNewest(restore::isSame, restore);
      return Optional.empty();
    }
    return lines.add(restore);
  }
}
