package dev.workbuddy.backup.web;

import dev.workbuddy.backup.io.Boundary;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** The jobs of this process, and the newest of those that ended. */
final class Jobs {
  private static final int MOST_RUNNING = 16;
  private static final int MOST_KEPT = 64;

  /** What all kept answers take together; the newest is kept whatever its size. */
  private static final long MOST_KEPT_BYTES = 16L << 20;

  /** How long jobs have to come to their next checkpoint; the system's patience is longer. */
  private static final Duration GRACE = Duration.ofSeconds(8);

  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final RandomGenerator random;
  private final Executor executor;
  private boolean closing;

  /**
   * @param executor begins each job at once, on a thread that outlives the request
   */
  Jobs(RandomGenerator random, Executor executor) {
    this.random = random;
    this.executor = executor;
  }

  /**
   * Begins a job.
   *
   * @throws HttpProblem.RefusedException where too many run already, or the server ends
   */
  Job begin(String capability, Job.Work work) {
    Job job = register(capability);
    Boundary.begin(executor, () -> job.run(work), job::fail);
    return job;
  }

  private synchronized Job register(String capability) {
    long running = jobs.values().stream().filter(job -> job.view().isRunning()).count();
    if (closing || running >= MOST_RUNNING) {
      throw HttpProblem.of(
              503,
              closing ? "server-ends" : "too-many-jobs",
              closing ? "the server is about to end" : running + " calls are being made already",
              "Try again later.")
          .asException();
    }
    forgetOldest();
    Job job = new Job(HexFormat.of().toHexDigits(random.nextLong()), capability);
    jobs.put(job.id(), job);
    return job;
  }

  /** Of those that ended, whose answers perhaps nobody fetches any more. */
  private void forgetOldest() {
    List<Job> ended = jobs.values().stream().filter(job -> !job.view().isRunning()).toList();
    long bytes = ended.stream().mapToLong(Job::answerBytes).sum();
    int left = jobs.size();
    for (Job job : ended.subList(0, Math.max(0, ended.size() - 1))) {
      if (left <= MOST_KEPT && bytes <= MOST_KEPT_BYTES) {
        return;
      }
      jobs.remove(job.id());
      bytes -= job.answerBytes();
      left--;
    }
  }

  synchronized Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  private synchronized List<Job> refuseNew() {
    closing = true;
    return List.copyOf(jobs.values());
  }

  /** Ends each job at its next checkpoint, and waits a little until they have come to it. */
  void close() throws InterruptedException {
    close(GRACE);
  }

  void close(Duration grace) throws InterruptedException {
    List<Job> all = refuseNew();
    all.forEach(Job::withdraw);
    long end = System.nanoTime() + grace.toNanos();
    for (Job job : all) {
      job.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
    }
  }
}
