package dev.workbuddy.backup.signals;

import dev.workbuddy.backup.config.PingAddress;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.IoMessages;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.outcome.ProgramErrors;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.signals.Ping.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Notifies the configured receivers of one run. Nothing is thrown for a notification that fails: it
 * changes nothing about the run.
 */
public final class RunNotifications {
  private static final Duration PING_LIMIT = Duration.ofSeconds(5);

  private final Settings settings;
  private final Optional<Ping> ping;
  private @Nullable FutureTask<Optional<String>> start;

  public RunNotifications(Settings settings, Machine machine) {
    PingAddress address = settings.signals().ping();
    this.settings = settings;
    this.ping =
        Optional.ofNullable(address).map(to -> new Ping(to, machine.environment(), PING_LIMIT));
  }

  /** Tells that the run has begun, without keeping it waiting. */
  public void began() {
    if (ping.isPresent()) {
      FutureTask<Optional<String>> sending =
          new FutureTask<>(() -> ping.get().send(Event.START, ""));
      start = sending;
      Boundary.begin(
          task -> Thread.ofPlatform().daemon().start(task), sending, _ -> sending.cancel(false));
    }
  }

  /**
   * Tells how the run ended.
   *
   * @return the notifications that failed, in words
   */
  public List<String> ended(RunRecord run) throws InterruptedException {
    List<String> trouble = new ArrayList<>();
    metrics(run).ifPresent(trouble::add);
    if (ping.isPresent()) {
      awaitStart();
      ping.get().send(run.isDone() ? Event.SUCCESS : Event.FAIL, body(run)).ifPresent(trouble::add);
    }
    return trouble;
  }

  /**
   * Tells that what a run had raised or could not save was settled, or is open again.
   *
   * @return the notifications that failed, in words
   */
  public List<String> changed(RunRecord run) throws InterruptedException {
    List<String> trouble = new ArrayList<>();
    metrics(run).ifPresent(trouble::add);
    if (ping.isPresent()) {
      ping.get().send(run.isDone() ? Event.SUCCESS : Event.FAIL, body(run)).ifPresent(trouble::add);
    }
    return trouble;
  }

  private Optional<String> metrics(RunRecord run) {
    Path file = settings.signals().metricsFile();
    if (file == null) {
      return Optional.empty();
    }
    Path directory = DurableFiles.parent(file);
    if (!Files.isDirectory(directory)) {
      return Optional.of("metrics_file could not be written: there is no directory " + directory);
    }
    try {
      new Metrics(settings).write(file, run);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("metrics_file could not be written: " + IoMessages.of(e));
    } catch (RuntimeException | Error e) {
      return Optional.of("metrics_file could not be written: " + ProgramErrors.of(e).text());
    }
  }

  /**
   * Waits for the ping of the start, which must not arrive after that of the end; the end also
   * reports why it failed.
   */
  private void awaitStart() throws InterruptedException {
    try {
      if (start != null) {
        start.get();
      }
    } catch (ExecutionException | CancellationException e) {
      // The end tells as well, and says why it cannot.
    }
  }

  /** For somebody else's eyes: no paths, no names. */
  private static String body(RunRecord run) {
    RunError error = run.error();
    String what = error == null ? String.valueOf(run.snapshotId()) : error.code();
    return run.status() + " " + what + "\n";
  }
}
