package dev.workbuddy.backup.web;

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
   * @throws Refusal.RefusedException where too many run already, or the server ends
   */
  Job begin(String capability, Job.Work work) {
    Job job = register(capability);
    executor.execute(() -> job.run(work));
    return job;
  }

  private synchronized Job register(String capability) {
    long running = jobs.values().stream().filter(job -> job.view().isRunning()).count();
    if (closing || running >= MOST_RUNNING) {
      throw Refusal.of(
              503,
              closing ? "server-ends" : "too-many-jobs",
              closing ? "the server is about to end" : running + " calls are being made already",
              "Try again later.")
          .asException();
    }
    jobs.values().stream()
        .filter(job -> !job.view().isRunning())
        .map(Job::id)
        .limit(Math.max(0, jobs.size() - MOST_KEPT))
        .toList()
        .forEach(jobs::remove);
    Job job = new Job(HexFormat.of().toHexDigits(random.nextLong()), capability);
    jobs.put(job.id(), job);
    return job;
  }

  synchronized Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  private synchronized List<Job> refuseNew() {
    closing = true;
    return List.copyOf(jobs.values());
  }

  /** Ends each job at its next checkpoint, and returns when all have ended. */
  void close() throws InterruptedException {
    List<Job> all = refuseNew();
    all.forEach(Job::withdraw);
    for (Job job : all) {
      job.awaitEnd();
    }
  }
}
