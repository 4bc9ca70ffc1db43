package dev.workbuddy.backup.sidecar;

import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.schedule.Job;
import dev.workbuddy.backup.schedule.JobError;
import dev.workbuddy.backup.schedule.JobList;
import dev.workbuddy.backup.schedule.JobState;
import dev.workbuddy.backup.schedule.JobStates;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each job: when it ran, and whether it runs. Every change is remembered at once;
 * where the disk refuses, this process still knows. May be used by several threads.
 */
final class JobStateStore {
  private final JobMemory memory;
  private final Log log;
  private final Map<String, JobState> states;

  /** Jobs whose run goes on but may be started again. */
  private final Set<String> released = new HashSet<>();

  private List<String> problems;

  JobStateStore(JobMemory memory, Log log) {
    this.memory = memory;
    this.log = log;
    JobStates remembered = memory.read();
    this.states = new HashMap<>(remembered.jobs());
    this.problems = remembered.problems();
  }

  /** Closes the runs that an earlier sidecar left open: it was killed. Requires its lock. */
  synchronized void closeAbandoned(Instant now) {
    JobError killed =
        new JobError(
            ErrorCode.INTERRUPTED.word(),
            "the sidecar ended while the job ran",
            "The job runs again when it is due.");
    List<String> abandoned =
        states.entrySet().stream()
            .filter(state -> state.getValue().isRunning())
            .map(Map.Entry::getKey)
            .toList();
    for (String name : abandoned) {
      change(name, state -> state.finished(Status.INTERRUPTED.word(), killed, now));
    }
  }

  /**
   * Takes note of the jobs that there are now. One with a new schedule counts from now, and so does
   * one that was switched off when it comes back, and each after the clock was set back. How the
   * last run of one ended that is not there any more is of no interest.
   */
  synchronized void note(JobList list, Instant now) {
    JobStates before = new JobStates(states, problems);
    problems = list.problems();
    Set<String> there = list.jobs().stream().map(Job::name).collect(Collectors.toSet());
    states.replaceAll(
        (name, state) -> there.contains(name) || state.isRunning() ? state : state.forgiven());
    for (Job job : list.jobs()) {
      JobState state = states.get(job.name());
      if (state != null && state.isRunning()) {
        continue;
      }
      if (!job.enabled()) {
        states.remove(job.name());
      } else if (state == null || !state.schedule().equals(job.schedule())) {
        states.put(job.name(), JobState.seen(job.schedule(), now));
      } else {
        Instant from = job.countFrom(state.countedFrom(), now);
        states.put(job.name(), state.countedFrom(from));
      }
    }
    if (!before.equals(new JobStates(states, problems))) {
      remember();
    }
  }

  /** When the job is due; empty where it is not to be started: it runs, or has run for good. */
  synchronized Optional<Instant> due(Job job) {
    JobState state = states.get(job.name());
    boolean runs = state != null && state.isRunning() && !released.contains(job.name());
    if (state == null || runs || (!job.recurring() && state.hasRun())) {
      return Optional.empty();
    }
    return job.due(state.countedFrom());
  }

  synchronized void started(Job job, Instant now) {
    released.remove(job.name());
    change(job.name(), state -> state.started(now));
  }

  /** The run that began then goes on, and the job may be begun again. */
  synchronized void released(Job job, Instant begun) {
    if (isNewest(job, begun)) {
      released.add(job.name());
    }
  }

  /** How the run ended that began then; of no interest where another has begun since. */
  synchronized void finished(Job job, Instant begun, JobEnd end, Instant now) {
    if (isNewest(job, begun)) {
      released.remove(job.name());
      @Nullable JobError error = end.error().orElse(null);
      change(job.name(), state -> state.finished(end.status(), error, now));
    }
  }

  private boolean isNewest(Job job, Instant begun) {
    JobState state = states.get(job.name());
    return state != null && begun.equals(state.startedAt());
  }

  private void change(String name, UnaryOperator<JobState> change) {
    states.computeIfPresent(name, (_, state) -> change.apply(Objects.requireNonNull(state)));
    remember();
  }

  private void remember() {
    try {
      memory.write(new JobStates(states, problems)).ifPresent(log::say);
    } catch (IOException | RuntimeException | Error e) {
      log.say("cannot write down how jobs went: " + e);
    }
  }
}
