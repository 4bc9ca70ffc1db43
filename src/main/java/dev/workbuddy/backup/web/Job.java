package dev.workbuddy.backup.web;

import dev.workbuddy.backup.capability.ErrorMapper;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One call that is being made, and after that its answer. Any thread may look at it. */
final class Job implements Progress {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** What a value of a document costs beside its text. */
  private static final long NODE_BYTES = 48;

  private final String id;
  private final String capability;
  private String step = "";
  private @Nullable Integer percent;
  private @Nullable Integer httpStatus;
  private @Nullable ObjectNode answer;
  private long answerBytes;
  private boolean failed;
  private boolean withdrawn;
  private long version;

  /** What a job does. */
  @FunctionalInterface
  interface Work {
    ObjectNode run(Progress progress) throws IOException, InterruptedException;
  }

  Job(String id, String capability) {
    this.id = id;
    this.capability = capability;
  }

  String id() {
    return id;
  }

  /** Does the work; whatever goes wrong is the job's answer. */
  void run(Work work) {
    ObjectNode done =
        Boundary.<@Nullable ObjectNode>answer(
            () -> work.run(this),
            thrown -> {
              fail(thrown);
              return null;
            });
    if (done != null) {
      end(200, done, false);
    }
  }

  /** Ends a job that could not be done, or not even begun. */
  void fail(Throwable thrown) {
    HttpProblem problem = HttpProblem.of(ErrorMapper.of(thrown));
    end(problem.http(), problem.document(), true);
  }

  private synchronized void end(int http, ObjectNode document, boolean asFailure) {
    httpStatus = http;
    answer = document;
    answerBytes = size(document);
    failed = asFailure;
    changed();
  }

  /** By the length of its texts, as the kept document has them, without making a copy. */
  private static long size(JsonNode node) {
    long size = NODE_BYTES;
    if (node.isString()) {
      size += node.stringValue().length();
    }
    for (JsonNode child : node) {
      size += size(child);
    }
    return size;
  }

  @Override
  public synchronized void step(String what) {
    step = what;
    percent = null;
    changed();
  }

  @Override
  public synchronized void advance(long done, long total) {
    if (total <= 0) {
      return;
    }
    int now = (int) Math.min(100, done * 100 / total);
    if (percent == null || percent != now) {
      percent = now;
      changed();
    }
  }

  @Override
  public synchronized void checkpoint() {
    if (withdrawn) {
      throw new BackupException(
          ErrorCode.INTERRUPTED, "the call was cancelled", "Call it again if it is wanted.");
    }
  }

  /** Ends it at its next checkpoint. */
  synchronized void withdraw() {
    withdrawn = true;
  }

  private void changed() {
    version++;
    notifyAll();
  }

  synchronized JobView view() {
    String state = answer == null ? "running" : failed ? "failed" : "done";
    return new JobView(id, capability, state, step, percent, httpStatus, answer);
  }

  synchronized long version() {
    return version;
  }

  /** Waits until something is newer than the version, but no longer than that. */
  synchronized void awaitNewer(long than, Duration atMost) throws InterruptedException {
    for (int waits = 0; waits < 1 && version == than && answer == null; waits++) {
      wait(atMost.toMillis());
    }
  }

  synchronized JobView awaitEnd() throws InterruptedException {
    while (answer == null) {
      wait();
    }
    return view();
  }

  /** Waits for its end, but no longer than that. */
  synchronized void awaitEnd(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toMillis();
        answer == null && left > 0;
        left = (end - System.nanoTime()) / NANOS_PER_MILLI) {
      wait(left);
    }
  }

  /** About how many bytes its answer takes; 0 while there is none. */
  synchronized long answerBytes() {
    return answerBytes;
  }
}
