package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.io.Json;
import java.time.Instant;
import tools.jackson.core.JacksonException;

/**
 * A mark that no sweep deletes the snapshot: {@code HOLD.json} in its directory.
 *
 * @param reason why, in the words of whoever set it
 * @param by who set it
 * @param at when
 */
public record Hold(String reason, String by, Instant at) {
  /** More than any real one needs. */
  static final int MOST_BYTES = 1 << 20;

  /** The name of the file, here and in remotes. */
  public static final String FILE_NAME = "HOLD.json";

  /** Who set the hold where an alarm did. */
  public static final String GUARD = "guard";

  /** A hold that cannot be read still holds: deleting is the only mistake that cannot be undone. */
  public static final Hold UNREADABLE =
      new Hold("unreadable " + FILE_NAME, "unknown", Instant.EPOCH);

  /** The hold in a document, or {@link #UNREADABLE}. */
  public static Hold read(byte[] document) {
    try {
      return Json.read(document, Hold.class);
    } catch (JacksonException unreadable) {
      return UNREADABLE;
    }
  }

  /** The content of {@link #FILE_NAME}. */
  public byte[] document() {
    return Json.bytes(this);
  }
}
