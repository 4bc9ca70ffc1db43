package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.schedule.Job;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.JobList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs jobs when they are due. It looks again and again: at the job files, at the clock, and never
 * sleeps longer than a glance, so that it notices whatever became of either meanwhile.
 */
public final class Sidecar {
  private final Supplier<JobList> files;
  private final JobStateStore store;
  private final JobRunner runner;
  private final Executor executor;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Duration glance;
  private final Log log;
  private List<String> toldProblems = List.of();
  private List<String> toldJobs = List.of();

  /**
   * @param files reads the jobs as they are now
   * @param executor what jobs run on; each of them may take long
   * @param glance the longest time between two looks
   * @param lines takes what it logs
   * @param quiet whether that is only what is wrong
   */
  public Sidecar(
      Supplier<JobList> files,
      JobMemory memory,
      JobRunner runner,
      Executor executor,
      InstantSource clock,
      Sleeper sleeper,
      Duration glance,
      Consumer<String> lines,
      boolean quiet) {
    this.files = files;
    this.runner = runner;
    this.executor = executor;
    this.clock = clock;
    this.sleeper = sleeper;
    this.glance = glance;
    this.log = new Log(clock, lines, quiet);
    this.store = new JobStateStore(memory, log);
  }

  /** Runs jobs until the thread is interrupted. */
  public void run() throws InterruptedException {
    store.closeAbandoned(clock.instant());
    while (true) {
      sleeper.sleep(Boundary.answer(this::look, this::passOver));
    }
  }

  /** A look that fails must not be the last one: nobody else would run the jobs. */
  private Duration passOver(Throwable thrown) {
    BackupException failure = ErrorMapper.of(thrown);
    log.say("cannot look for jobs that are due: " + failure.text() + " " + failure.hint());
    return glance;
  }

  /** Starts what is due, and says for how long there is nothing to do. */
  Duration look() {
    JobList list = list();
    Instant now = clock.instant();
    store.note(list, now);
    Instant next = now.plus(glance);
    for (Job job : list.jobs()) {
      Optional<Instant> due = store.due(job);
      if (due.filter(moment -> !moment.isAfter(now)).isPresent()) {
        start(job, now);
        due = job.due(now);
      }
      next = due.filter(next::isAfter).orElse(next);
    }
    return Duration.between(now, next);
  }

  private JobList list() {
    JobList list = files.get();
    if (!list.problems().equals(toldProblems)) {
      toldProblems = list.problems();
      toldProblems.forEach(problem -> log.say("cannot be used: " + problem));
    }
    List<String> described = list.jobs().stream().map(Sidecar::describe).toList();
    if (!described.equals(toldJobs)) {
      toldJobs = described;
      log.mention("jobs: " + (described.isEmpty() ? "none" : String.join(", ", described)));
    }
    return list;
  }

  private static String describe(Job job) {
    return job.name() + " (" + (job.enabled() ? job.schedule() : "switched off") + ")";
  }

  /** Starts the job and makes sure that its end is recorded: else it would never be due again. */
  private void start(Job job, Instant now) {
    store.started(job, now);
    log.mention(job.name() + ": started");
    Boundary.begin(
        executor,
        () ->
            end(
                job,
                now,
                Boundary.answer(() -> runner.run(job, () -> store.released(job, now)), JobEnd::of)),
        thrown -> end(job, now, JobEnd.of(thrown)));
  }

  private void end(Job job, Instant begun, JobEnd end) {
    var _ = Thread.interrupted(); // An interrupt must not keep the end from being recorded.
    store.finished(job, begun, end, clock.instant());
    end.alarms().forEach(alarm -> log.say(job.name() + ": warning: " + alarm));
    String line = job.name() + ": " + end.status() + end.error().map(Sidecar::text).orElse("");
    if (end.status().equals(Status.DONE.word())) {
      log.mention(line);
    } else {
      log.say(line);
    }
  }

  private static String text(JobError error) {
    return ": " + error.message() + " " + error.hint();
  }
}
