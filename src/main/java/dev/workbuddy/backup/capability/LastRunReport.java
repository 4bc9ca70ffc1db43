package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * How the last run went.
 *
 * @param state {@code none}, {@code unreadable}, {@code running}, {@code killed}, {@code
 *     from-the-future} or {@code finished}; only the last tells of an end, good or bad
 * @param reason why the record cannot be used; null where it can
 * @param lastRun null where there was none, or its record cannot be read
 */
public record LastRunReport(String state, @Nullable String reason, @Nullable RunRecord lastRun)
    implements Outcome {

  static LastRunReport of(LastRun last) {
    RunRecord record = last.record().orElse(null);
    return switch (last) {
      case LastRun.None() -> new LastRunReport("none", null, null);
      case LastRun.Unreadable(String reason) -> new LastRunReport("unreadable", reason, null);
      case LastRun.Running(_) -> new LastRunReport("running", null, record);
      case LastRun.Killed(_) -> new LastRunReport("killed", null, record);
      case LastRun.FromTheFuture(_, _) -> new LastRunReport("from-the-future", null, record);
      case LastRun.Finished(_) -> new LastRunReport("finished", null, record);
    };
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
