package dev.workbuddy.backup.io;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The edge of work that somebody waits for, or whose place somebody else needs: whatever is thrown
 * behind it, an {@link Error} as well, becomes an answer. Each kind of worker has one boundary, so
 * that no thread ends without a word. Nothing here may be used to go on with what was broken off.
 */
public final class Boundary {
  private Boundary() {}

  /** Work that may throw anything. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws Exception;
  }

  /**
   * Does the work on this thread.
   *
   * @param failed makes the answer of what was thrown; where that fails as well, for example
   *     because memory is still short, it is asked once more, with that
   */
  public static <T> T answer(Work<T> work, Function<Throwable, T> failed) {
    try {
      return work.run();
    } catch (Throwable thrown) {
      return answer(thrown, failed);
    }
  }

  private static <T> T answer(Throwable thrown, Function<Throwable, T> failed) {
    try {
      return failed.apply(thrown);
    } catch (Error again) {
      return failed.apply(again);
    }
  }

  /**
   * Begins work on another thread.
   *
   * @param failed called once where the work throws, or where no thread takes it: the executor
   *     ends, or the system has no more threads
   */
  public static void begin(Executor executor, Runnable work, Consumer<Throwable> failed) {
    try {
      executor.execute(() -> run(work, failed));
    } catch (Throwable refused) {
      tell(refused, failed);
    }
  }

  private static void run(Runnable work, Consumer<Throwable> failed) {
    try {
      work.run();
    } catch (Throwable thrown) {
      tell(thrown, failed);
    }
  }

  private static void tell(Throwable thrown, Consumer<Throwable> failed) {
    Boolean _ =
        answer(
            thrown,
            it -> {
              failed.accept(it);
              return true;
            });
  }

  /**
   * A thread that runs what is left to do when this process ends; it is not started.
   *
   * @param failed takes what was thrown: nobody else would hear of it but as a stack trace
   */
  public static Thread atShutdown(Runnable work, Consumer<Throwable> failed) {
    return Thread.ofPlatform().unstarted(() -> run(work, failed));
  }

  /**
   * What another thread threw, to be thrown on this one as it was.
   *
   * @param cause of the exception with which waiting for that thread ended
   */
  public static RuntimeException unchecked(@Nullable Throwable cause) {
    return switch (cause) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("work on another thread failed", cause);
    };
  }
}
