package dev.workbuddy.backup.runs;

import dev.workbuddy.backup.io.ProcessIdentity.State;
import dev.workbuddy.backup.io.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the last run went: {@code last_run.json}, the only thing that freshness is judged by. Only
 * {@link Finished} tells of an end, and it may be a bad one: see {@link RunRecord#status}.
 */
public sealed interface LastRun {
  String FILE_NAME = "last_run.json";

  /** Clocks of two machines may differ by this much. */
  Duration TOLERANCE = Duration.ofMinutes(5);

  /** After this time a run of another machine, which cannot be looked up, is taken for dead. */
  Duration LONGEST_UNSEEN = Duration.ofDays(1);

  /** There was none yet. */
  record None() implements LastRun {}

  /**
   * The record cannot be used.
   *
   * @param reason in words, for people: empty, cut, not a record
   */
  record Unreadable(String reason) implements LastRun {}

  /** A run goes on. */
  record Running(RunRecord run) implements LastRun {}

  /**
   * A run ended without recording its end: it was killed, or the machine went down.
   *
   * @param run as a failure that says so
   */
  record Killed(RunRecord run) implements LastRun {}

  /**
   * The record is of a time that has not come: the clock was wrong then, or is now. It says nothing
   * of how fresh the snapshots are.
   *
   * @param ahead by how much
   */
  record FromTheFuture(RunRecord run, Duration ahead) implements LastRun {}

  /** A run ended. */
  record Finished(RunRecord run) implements LastRun {}

  /** The run that was recorded, whatever is to be thought of it. */
  default Optional<RunRecord> record() {
    return switch (this) {
      case None() -> Optional.empty();
      case Unreadable(_) -> Optional.empty();
      case Running(RunRecord run) -> Optional.of(run);
      case Killed(RunRecord run) -> Optional.of(run);
      case FromTheFuture(RunRecord run, _) -> Optional.of(run);
      case Finished(RunRecord run) -> Optional.of(run);
    };
  }

  /** The newest complete snapshot of any run so far; later failures leave it as it is. */
  default Optional<LastGood> lastGood() {
    return record().flatMap(RunRecord::lastGood);
  }

  /**
   * How old the last run is where that is more than two cadences; empty where it is less, or where
   * nobody knows.
   *
   * @param cadence how often a run is expected
   */
  default Optional<Duration> overdue(Duration cadence, Instant now) {
    return record()
        .map(run -> Duration.between(run.latest(), now))
        .filter(age -> age.compareTo(cadence.multipliedBy(2)) > 0);
  }

  /**
   * Reads it. Takes no lock, never throws for what it finds.
   *
   * @param host this machine's name, as runs record it
   */
  static LastRun read(Path backupsDir, String host, Instant now) {
    return switch (new LastRunFile(backupsDir).read()) {
      case Stored.Absent<Optional<RunRecord>>() -> new None();
      case Stored.Unusable<Optional<RunRecord>>(String why) -> new Unreadable("it " + why);
      case Stored.Found<Optional<RunRecord>>(Optional<RunRecord> run) ->
          run.map(found -> judged(found, host, now)).orElseGet(None::new);
    };
  }

  private static LastRun judged(RunRecord run, String host, Instant now) {
    Duration ahead = Duration.between(now, run.latest());
    if (run.isRunning()) {
      State state = run.process() == null ? State.GONE : run.process().state(host);
      boolean tooLong = ahead.negated().compareTo(LONGEST_UNSEEN) > 0;
      boolean going = state == State.ALIVE || (state == State.UNSEEN && !tooLong);
      return going ? new Running(run) : new Killed(run.asKilled());
    }
    return ahead.compareTo(TOLERANCE) > 0 ? new FromTheFuture(run, ahead) : new Finished(run);
  }
}
