package dev.workbuddy.backup.runs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a restore over the live databases ended, or a rollback. The component names are the JSON keys
 * in snake case.
 *
 * @param error why it failed; null where it did not
 * @param cutShort whether it was killed or broke off within its swap, so that what followed
 *     finished or undid it
 * @param snapshotId what was to be put back; null for a rollback
 * @param broughtBack the kept directory, by name, whose data was to return; null for a restore
 * @param databases what was replaced, by logical name, or by file where the configuration knows it
 *     no more; empty unless it is done
 * @param kept where the replaced data is; null where nothing was replaced
 * @param refused where restored data is that was live for a moment and that somebody wrote into
 *     before it was undone; null where there is none
 * @param finishedAt when it ended, or was found to have been cut short and ended then
 * @param durationMillis never negative; 0 where it was cut short
 */
public record RestoreRecord(
    Operation operation,
    End status,
    @Nullable RunError error,
    boolean cutShort,
    @Nullable String snapshotId,
    @Nullable String broughtBack,
    List<String> databases,
    @Nullable String kept,
    @Nullable String refused,
    Instant startedAt,
    Instant finishedAt,
    long durationMillis) {
  public RestoreRecord {
    databases = List.copyOf(databases);
  }

  /** What was to be done. */
  public enum Operation {
    RESTORE,
    ROLLBACK;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What came of it. */
  public enum End {
    /** The data is in place. */
    DONE,
    /** The live data is what it was before, and the error says why. */
    FAILED,
    /** It was cut short, and the live data is again, or still, what it was before. */
    UNDONE;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it tells of the one that began then. */
  public boolean isOf(Operation what, Instant began) {
    return operation == what && startedAt.equals(began);
  }

  boolean isSame(RestoreRecord other) {
    return isOf(other.operation, other.startedAt);
  }
}
