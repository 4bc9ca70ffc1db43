package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.outcome.Status;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rehearsal of a restore found.
 *
 * @param at when it ended
 * @param place the remote's name, or {@link #LOCAL}
 * @param status {@code done} where the restore is proven
 * @param snapshotId null where it ended before there was one
 * @param namespace whose snapshot it is; null where nobody says
 * @param ours whether that is this machine
 * @param recoveryMillis how long it takes to have the data back: fetching and restoring
 * @param smokeMillis how long the application's own command took; 0 where there is none
 * @param recoveryPointSeconds how much of the past is lost then: the snapshot's age
 * @param bytes of the restored databases
 * @param error why it is not proven; null where it is
 * @param warnings what a restore would warn of
 */
public record DrillRecord(
    Instant at,
    String place,
    Status status,
    @Nullable String snapshotId,
    @Nullable String namespace,
    boolean ours,
    long recoveryMillis,
    long fetchMillis,
    long restoreMillis,
    long smokeMillis,
    long recoveryPointSeconds,
    int databases,
    long rows,
    long bytes,
    @Nullable RunError error,
    List<String> warnings) {
  /** The place of the history on this machine. */
  public static final String LOCAL = "local";

  public DrillRecord {
    warnings = List.copyOf(warnings);
  }

  /** Whether the snapshot was restored, every row of it, and looked into. */
  public boolean isProven() {
    return status == Status.DONE;
  }

  boolean proves(String id) {
    return isProven() && id.equals(snapshotId);
  }

  /** Whether it says of a snapshot that it can be restored, or that it cannot. */
  boolean judges(String id) {
    boolean word =
        switch (status) {
          case DONE, DAMAGED, REFUSED -> true;
          case FAILED, USAGE, INCOMPLETE, BUSY, INTERRUPTED -> false;
        };
    return word && id.equals(snapshotId);
  }
}
