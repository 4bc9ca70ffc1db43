package dev.workbuddy.backup.snapshot;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be said of a snapshot without unpacking it. */
public enum SnapshotState {
  /** Its manifest is readable and every vital database is inside. Not yet a proof: see verify. */
  COMPLETE,
  /** Its manifest is readable and says that some vital database is not inside. */
  INCOMPLETE,
  /** Its manifest or its tarball is not there, or the manifest cannot be read. */
  DAMAGED,
  /**
   * It cannot be judged, so nothing may delete it: a newer wb-backup wrote its manifest, or this
   * user may not read it, or the disk does not give it out.
   */
  UNKNOWN;

  /** The word for this state in lists and JSON. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
