package dev.workbuddy.backup.query;

import dev.workbuddy.backup.io.Boundary;
import dev.workbuddy.backup.io.ChildJvm;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.ProgramErrors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A process in which SQL is run that somebody else wrote. Some of SQLite's functions run for hours
 * within one call, in which nothing can interrupt them but the end of the process; and their memory
 * has no other limit.
 */
public final class AskingProcess {
  /** For the process to start. */
  private static final Duration START = Duration.ofSeconds(5);

  /** What SQLite can stop is stopped in this time, with words of its own. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private AskingProcess() {}

  /**
   * Starts it, and waits for its answer.
   *
   * @param main the class that is the process
   * @param input what the process reads as its {@link Input}
   * @param time how long it may take, apart from its start
   * @throws BackupException {@code query-stopped} at any limit
   */
  public static <T> T ask(
      Class<?> main,
      Object input,
      Duration time,
      int outputLimit,
      Class<T> answer,
      Progress progress)
      throws IOException, InterruptedException {
    ChildJvm.Result result =
        ChildJvm.run(main, Json.bytes(input), time.plus(START), outputLimit, progress);
    return switch (result.end()) {
      case DONE -> Json.read(result.output().getBytes(StandardCharsets.UTF_8), answer);
      case TIME -> throw QueryErrors.tooLong(time);
      case MEMORY -> throw QueryErrors.tooMuchMemory();
      case FAILED -> throw failed(result.complaint());
    };
  }

  private static BackupException failed(String complaint) {
    String why = complaint.strip().lines().findFirst().orElse("it said nothing");
    return new BackupException(
        ErrorCode.INTERNAL,
        "the process that asks the database ended early: " + why,
        "Run it again with --debug and report what it prints.");
  }

  /** The input of the process. */
  public interface Input {
    /** How many milliseconds the work may take. */
    long millis();
  }

  /** The work that the process does on its input. */
  @FunctionalInterface
  public interface Work<I, O> {
    O on(I input) throws IOException;
  }

  /**
   * Runs in the process: reads the input, and prints the answer.
   *
   * @param failed makes the answer where it is an error
   */
  public static <I extends Input, O> void answer(
      Class<I> type, Work<I, O> work, Function<BackupException, O> failed) throws IOException {
    ChildJvm.endWithParent();
    I input = Json.read(System.in.readAllBytes(), type);
    endAfter(Duration.ofMillis(input.millis()).plus(GRACE));
    byte[] answer =
        Boundary.answer(
            () -> Json.bytes(work.on(input)), thrown -> Json.bytes(failed.apply(error(thrown))));
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(answer);
    }
  }

  private static void endAfter(Duration time) {
    CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> Runtime.getRuntime().halt(ChildJvm.OUT_OF_TIME));
  }

  private static BackupException error(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        ? QueryErrors.tooMuchMemory()
        : ProgramErrors.of(thrown);
  }
}
