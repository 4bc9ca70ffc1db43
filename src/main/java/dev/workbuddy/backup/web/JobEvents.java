package dev.workbuddy.backup.web;

import dev.workbuddy.backup.io.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * Sends a job's state each time it changes, as server-sent events, until the job has ended. Of
 * those who listen there is a bound: each keeps a connection, and may read as slowly as it likes.
 */
final class JobEvents {
  private static final Duration PULSE = Duration.ofSeconds(10);
  private static final int MOST_LISTENERS = 64;

  private final Semaphore places = new Semaphore(MOST_LISTENERS);

  void send(Job job, Context context) throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw HttpProblem.of(
              503,
              "too-many-listeners",
              MOST_LISTENERS + " clients listen to jobs already",
              "Ask /api/jobs/" + job.id() + " for its state, or listen later.")
          .asException();
    }
    try {
      sendAll(job, context);
    } finally {
      places.release();
    }
  }

  private static void sendAll(Job job, Context context) throws IOException, InterruptedException {
    context.contentType("text/event-stream; charset=utf-8");
    // Javalin's own stream keeps what is flushed until the end.
    OutputStream out = context.res().getOutputStream();
    long seen = -1;
    JobView view;
    do {
      long version = job.version();
      view = job.view();
      write(out, version == seen ? ": still there\n\n" : event(view));
      seen = version;
      job.awaitNewer(version, PULSE);
    } while (view.isRunning());
  }

  private static String event(JobView view) {
    return "event: "
        + (view.isRunning() ? "progress" : "end")
        + "\ndata: "
        + Json.line(view)
        + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
