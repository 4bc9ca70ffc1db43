package dev.workbuddy.backup.snapshot;

import java.time.Instant;

/**
 * A mark that no sweep deletes the snapshot: {@code HOLD.json} in its directory.
 *
 * @param reason why, in the words of whoever set it
 * @param by who set it
 * @param at when
 */
public record Hold(String reason, String by, Instant at) {
  /** The name of the file, here and in remotes. */
  public static final String FILE_NAME = "HOLD.json";
}
