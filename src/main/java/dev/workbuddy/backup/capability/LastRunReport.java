package dev.workbuddy.backup.capability;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RestoreRecord;
import dev.workbuddy.backup.runs.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the last run went, and how the last restore ended.
 *
 * @param state {@code none}, {@code unreadable}, {@code running}, {@code killed}, {@code
 *     from-the-future} or {@code finished}; only the last tells of an end, good or bad
 * @param reason why the record cannot be used; null where it can
 * @param lastRun null where there was none, or its record cannot be read
 * @param lastRestore the last restore over the live databases, or rollback; null where none is on
 *     record. It says nothing of how fresh the snapshots are
 */
public record LastRunReport(
    String state,
    @Nullable String reason,
    @Nullable RunRecord lastRun,
    @Nullable RestoreRecord lastRestore)
    implements Outcome {
  private static final String NO_RUN = "none";

  static LastRunReport of(LastRun last, @Nullable RestoreRecord restore) {
    RunRecord record = last.record().orElse(null);
    return switch (last) {
      case LastRun.None() -> new LastRunReport(NO_RUN, null, null, restore);
      case LastRun.Unreadable(String reason) ->
          new LastRunReport("unreadable", reason, null, restore);
      case LastRun.Running(_) -> new LastRunReport("running", null, record, restore);
      case LastRun.Killed(_) -> new LastRunReport("killed", null, record, restore);
      case LastRun.FromTheFuture(_, _) ->
          new LastRunReport("from-the-future", null, record, restore);
      case LastRun.Finished(_) -> new LastRunReport("finished", null, record, restore);
    };
  }

  /** Whether there is anything to tell that can be read. */
  @JsonIgnore
  public boolean isOnRecord() {
    return lastRun != null || (state.equals(NO_RUN) && lastRestore != null);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
