package dev.workbuddy.backup.health;

import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.HookReport;
import dev.workbuddy.backup.runs.LastGood;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;

/** How fresh the snapshots are: a pure judgement of the last run's record. */
final class Freshness {
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);
  private static final int GOOD_CADENCES = 2;
  private static final int BEARABLE_CADENCES = 4;
  private static final String TAKE_ONE = "Take one with `wb-backup now`; it says what is wrong.";
  private static final String SEE_SCHEDULE =
      "Is the hourly job running? `wb-backup now` takes one at once.";

  private final Duration cadence;
  private final Instant now;

  Freshness(Duration cadence, Instant now) {
    this.cadence = cadence;
    this.now = now;
  }

  Finding judge(LastRun last) {
    return switch (last) {
      case LastRun.None() ->
          Finding.failure("no run is recorded here", "Take a snapshot with `wb-backup now`.");
      case LastRun.Unreadable(String reason) ->
          Finding.failure(
              "last_run.json cannot be used, so the age of the snapshots is unknown:  " + reason,
              "`wb-backup now` writes a new one; `wb-backup list` shows what is there.");
      case LastRun.Running(RunRecord run) -> judge(run);
      case LastRun.Killed(RunRecord run) -> judge(run);
      case LastRun.FromTheFuture(RunRecord run, _) -> judge(run);
      case LastRun.Finished(RunRecord run) -> judge(run);
    };
  }

  private Finding judge(RunRecord run) {
    Optional<Instant> good = run.lastGood().map(LastGood::at);
    if (isFuture(run.latest()) || good.filter(this::isFuture).isPresent()) {
      return Finding.warning(
          "the last run is dated %s, which is in the future, so its age is unknown"
              .formatted(good.orElse(run.latest())),
          "Check this machine's clock; then `wb-backup now` writes a new record.");
    }
    if (run.status().equals(Status.FAILED.word())) {
      return failed(run);
    }
    return good.isEmpty()
        ? Finding.failure("no complete snapshot was taken yet", TAKE_ONE)
        : judge(run, Duration.between(good.get(), now));
  }

  private boolean isFuture(Instant time) {
    return time.isAfter(now.plus(CLOCKS_DIFFER));
  }

  private Finding failed(RunRecord run) {
    String age = Ages.text(Duration.between(run.latest(), now));
    return run.error() == null
        ? Finding.failure("the last run failed, " + age + " ago", TAKE_ONE)
        : Finding.failure(
            "the last run failed, %s ago: %s".formatted(age, run.error().message()),
            run.error().hint().isEmpty() ? TAKE_ONE : run.error().hint());
  }

  private Finding judge(RunRecord run, Duration age) {
    String text = "the last complete snapshot is " + Ages.text(age) + " old";
    if (age.compareTo(cadence.multipliedBy(BEARABLE_CADENCES)) > 0) {
      return Finding.failure(text, SEE_SCHEDULE);
    }
    if (age.compareTo(cadence.multipliedBy(GOOD_CADENCES)) > 0) {
      return Finding.warning(text, SEE_SCHEDULE);
    }
    return run.status().equals(Status.INCOMPLETE.word()) && !isSettled(run)
        ? incomplete(run, text)
        : Finding.ok(text);
  }

  /**
   * Whether nothing of what the run left undone is undone now: whether an alarm is open is looked
   * at by itself, and a push may have made good what this one did not.
   */
  private boolean isSettled(RunRecord run) {
    return run.missing().isEmpty()
        && run.remotes().stream().allMatch(report -> isSettled(run, report))
        && run.hooks().stream().allMatch(HookReport::isDone)
        && (!run.alarms().isEmpty()
            || run.repairedAt() != null
            || !run.remotes().stream().allMatch(RemoteReport::leavesNothingUndone));
  }

  private boolean isSettled(RunRecord run, RemoteReport report) {
    return report.leavesNothingUndone() || pushedSince(run, report.name()).isPresent();
  }

  /** What to do about a remote, the component that pushes there tells. */
  private static Finding incomplete(RunRecord run, String text) {
    return run.missing().isEmpty()
        ? Finding.warning(
            "the last run was incomplete; " + text,
            run.remotes().stream().allMatch(RemoteReport::leavesNothingUndone) ? TAKE_ONE : "")
        : Finding.warning(
            run.missing().stream()
                .map(Manifest.Missing::database)
                .collect(Collectors.joining(", ", "the last run could not save ", "")),
            "`wb-backup show latest` says why.");
  }

  /** Judges one remote's copies by what the last run says about that remote. */
  Finding judge(LastRun last, String remote) {
    Finding run = judge(last);
    if (last.record().isEmpty() || run.isFailure()) {
      return run;
    }
    RunRecord known = last.record().get();
    return known.remotes().stream()
        .filter(report -> report.name().equals(remote))
        .findFirst()
        .map(report -> report.holdsAll() ? judge(report, run) : behind(report, known))
        .orElseGet(
            () ->
                pushedSince(known, remote)
                    .orElseGet(() -> run.isOk() && !known.isRunning() ? notPushed() : run));
  }

  /** A push that was part of no run, after the last one. */
  private Optional<Finding> pushedSince(RunRecord run, String remote) {
    return Optional.ofNullable(run.remotesLastGood().get(remote))
        .filter(good -> good.at().isAfter(run.latest()))
        .map(
            good ->
                Finding.ok(
                    "the last push is %s old"
                        .formatted(Ages.text(Duration.between(good.at(), now)))));
  }

  private static Finding judge(RemoteReport report, Finding run) {
    if (run.isOk() && !report.isDone()) {
      return Finding.warning("pushed, but not swept: " + report.detail(), report.hint());
    }
    return run.isOk() && report.waiting() > 0
        ? Finding.warning(
            report.waiting() + " snapshots have still to be pushed",
            "`wb-backup push --all-missing` does it now; else later runs do.")
        : run;
  }

  private Finding behind(RemoteReport report, RunRecord run) {
    LastGood good = run.remotesLastGood().get(report.name());
    Optional<Finding> since = pushedSince(run, report.name());
    if (since.isPresent()) {
      return since.get();
    }
    String last =
        good == null
            ? "none has worked yet"
            : "the last that worked is " + Ages.text(Duration.between(good.at(), now)) + " old";
    String text =
        "%s: %s; %s"
            .formatted(
                report.isSkipped() ? "the last run skipped it" : "the last push did not work",
                report.detail(),
                last);
    boolean bearable =
        !report.isSkipped()
            && good != null
            && Duration.between(good.at(), now).compareTo(cadence.multipliedBy(BEARABLE_CADENCES))
                <= 0;
    return bearable ? Finding.warning(text, report.hint()) : Finding.failure(text, report.hint());
  }

  private static Finding notPushed() {
    return Finding.warning(
        "the last run has not pushed there", "`wb-backup push --all-missing` does it now.");
  }
}
