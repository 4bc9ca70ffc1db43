package dev.workbuddy.backup.health;

import dev.workbuddy.backup.runs.LastGood;
import dev.workbuddy.backup.runs.RemoteReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

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

  Finding judge(LastRecord record) {
    return switch (record) {
      case LastRecord.None _ ->
          Finding.failure("no run is recorded here", "Take a snapshot with `wb-backup now`.");
      case LastRecord.Unreadable(String reason) ->
          Finding.failure(
              "last_run.json cannot be used, so nobody knows how fresh the snapshots are: "
                  + reason,
              "`wb-backup now` writes it anew; `wb-backup list` shows what is there.");
      case LastRecord.Run run -> judge(run);
    };
  }

  private Finding judge(LastRecord.Run run) {
    if (isFuture(run.at())
        || Optional.ofNullable(run.lastGoodAt()).filter(this::isFuture).isPresent()) {
      return Finding.warning(
          "the last run is dated %s, which is in the future: its age cannot be told"
              .formatted(Objects.requireNonNullElse(run.lastGoodAt(), run.at())),
          "Check this machine's clock; then `wb-backup now` writes a new record.");
    }
    if (run.status().equals("failed")) {
      return failed(run);
    }
    Instant good = run.lastGoodAt();
    return good == null
        ? Finding.failure("no complete snapshot was taken yet", TAKE_ONE)
        : judge(run, Duration.between(good, now));
  }

  private boolean isFuture(Instant time) {
    return time.isAfter(now.plus(CLOCKS_DIFFER));
  }

  private Finding failed(LastRecord.Run run) {
    String age = Ages.text(Duration.between(run.at(), now));
    return run.error() == null
        ? Finding.failure("the last run failed, " + age + " ago", TAKE_ONE)
        : Finding.failure(
            "the last run failed, %s ago: %s".formatted(age, run.error().message()),
            run.error().hint().isEmpty() ? TAKE_ONE : run.error().hint());
  }

  private Finding judge(LastRecord.Run run, Duration age) {
    String text = "the last complete snapshot is " + Ages.text(age) + " old";
    if (age.compareTo(cadence.multipliedBy(BEARABLE_CADENCES)) > 0) {
      return Finding.failure(text, SEE_SCHEDULE);
    }
    if (age.compareTo(cadence.multipliedBy(GOOD_CADENCES)) > 0) {
      return Finding.warning(text, SEE_SCHEDULE);
    }
    return run.status().equals("incomplete") ? incomplete(run, text) : Finding.ok(text);
  }

  private static Finding incomplete(LastRecord.Run run, String text) {
    return run.missing().isEmpty()
        ? Finding.warning(
            "the last run was incomplete; " + text,
            run.remotes().stream()
                .filter(report -> !report.isDone())
                .findFirst()
                .map(report -> report.name() + ": " + report.detail() + ". " + report.hint())
                .orElse(TAKE_ONE))
        : Finding.warning(
            "the last run could not save " + String.join(", ", run.missing()),
            "`wb-backup show latest` says why.");
  }

  /** The same for one remote's copies, by what the last run says of it. */
  Finding judge(LastRecord record, String remote) {
    Finding run = judge(record);
    if (!(record instanceof LastRecord.Run known) || run.isFailure()) {
      return run;
    }
    return known.remotes().stream()
        .filter(report -> report.name().equals(remote))
        .findFirst()
        .map(report -> report.isDone() ? judge(report, run) : behind(report, known))
        .orElseGet(() -> run.isOk() && !known.isGoingOn() ? notPushed() : run);
  }

  private static Finding judge(RemoteReport report, Finding run) {
    return run.isOk() && report.waiting() > 0
        ? Finding.warning(
            report.waiting() + " snapshots have still to be pushed",
            "`wb-backup push --all-missing` does it now; else later runs do.")
        : run;
  }

  private Finding behind(RemoteReport report, LastRecord.Run run) {
    LastGood good = run.remotesLastGood().get(report.name());
    if (good != null && good.at().isAfter(run.at())) {
      return Finding.ok(
          "the last push is %s old".formatted(Ages.text(Duration.between(good.at(), now))));
    }
    String since =
        good == null
            ? "none has worked yet"
            : "the last that worked is " + Ages.text(Duration.between(good.at(), now)) + " old";
    String text = "the last push did not work: %s; %s".formatted(report.detail(), since);
    boolean bearable =
        good != null
            && Duration.between(good.at(), now).compareTo(cadence.multipliedBy(BEARABLE_CADENCES))
                <= 0;
    return bearable ? Finding.warning(text, report.hint()) : Finding.failure(text, report.hint());
  }

  private static Finding notPushed() {
    return Finding.warning(
        "the last run has not pushed there", "`wb-backup push --all-missing` does it now.");
  }
}
