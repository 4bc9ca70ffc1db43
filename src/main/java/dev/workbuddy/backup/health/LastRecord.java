package dev.workbuddy.backup.health;

import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.HookReport;
import dev.workbuddy.backup.runs.LastGood;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code last_run.json} says, as far as freshness is concerned. */
sealed interface LastRecord {

  /** There was no run yet. */
  record None() implements LastRecord {}

  /**
   * There is a record that says nothing.
   *
   * @param reason in words that follow its name
   */
  record Unreadable(String reason) implements LastRecord {}

  /**
   * A run.
   *
   * @param status {@code running}, {@code done}, {@code incomplete} or {@code failed}
   * @param error why it failed; null where it did not
   * @param at when it ended; where it goes on, or was killed, when it began
   * @param lastGoodAt when the newest complete snapshot was finished; null where there is none
   */
  record Run(
      String status,
      @Nullable RunError error,
      Instant at,
      List<String> missing,
      List<RemoteReport> remotes,
      Map<String, LastGood> remotesLastGood,
      @Nullable Instant lastGoodAt)
      implements LastRecord {
    boolean isGoingOn() {
      return status.equals(RunRecord.RUNNING);
    }
  }

  static LastRecord read(Path backupsDir, String host, Instant now) {
    return switch (LastRun.read(backupsDir, host, now)) {
      case LastRun.None() -> new None();
      case LastRun.Unreadable(String reason) -> new Unreadable(reason);
      case LastRun.Running(RunRecord run) -> of(run);
      case LastRun.Killed(RunRecord run) -> of(run);
      case LastRun.FromTheFuture(RunRecord run, _) -> of(run);
      case LastRun.Finished(RunRecord run) -> of(run);
    };
  }

  /** Whether one is open now is looked at by itself; the record tells of then. */
  private static boolean isIncompleteForAlarmsOnly(RunRecord run) {
    return run.status().equals(Status.INCOMPLETE.word())
        && !run.alarms().isEmpty()
        && run.missing().isEmpty()
        && run.remotes().stream().allMatch(RemoteReport::isDone)
        && run.hooks().stream().allMatch(HookReport::isDone);
  }

  private static LastRecord of(RunRecord run) {
    return new Run(
        isIncompleteForAlarmsOnly(run) ? Status.DONE.word() : run.status(),
        run.error(),
        run.latest(),
        run.missing().stream().map(missing -> missing.database()).toList(),
        run.remotes(),
        run.remotesLastGood(),
        run.lastGood().map(LastGood::at).orElse(null));
  }
}
