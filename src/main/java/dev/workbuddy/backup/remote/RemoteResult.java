package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.RemoteFault;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an operation on a remote came to: a value, or why there is none. */
public sealed interface RemoteResult<T> {

  /** It worked; {@code value} is what it came to. */
  record Ok<T>(T value) implements RemoteResult<T> {}

  /**
   * It did not work.
   *
   * @param detail what was tried and why it failed, for people; no secret, no stack trace
   * @param hint what the user can do next; never empty
   * @param retryAfter how long the remote asked to be left alone; null where it did not say
   */
  record Failed<T>(RemoteFault fault, String detail, String hint, @Nullable Duration retryAfter)
      implements RemoteResult<T> {

    /** Whether the same call may well succeed a little later. */
    public boolean retryable() {
      return fault.isTransient();
    }

    /** Returns this failure as one of an operation with another kind of value. */
    public <U> Failed<U> as() {
      return new Failed<>(fault, detail, hint, retryAfter);
    }

    /** The failure as the error that a command ends with. */
    public BackupException asError() {
      return new BackupException(fault.errorCode(), detail, hint);
    }
  }

  static <T> RemoteResult<T> ok(T value) {
    return new Ok<>(value);
  }

  static <T> Failed<T> failed(RemoteFault fault, String detail, String hint) {
    return new Failed<>(fault, detail, hint, null);
  }

  default boolean isOk() {
    return this instanceof Ok;
  }

  /** Makes another value of this one; failures stay what they are. */
  default <U> RemoteResult<U> map(Function<? super T, ? extends U> next) {
    return switch (this) {
      case Ok<T>(T value) -> new Ok<>(next.apply(value));
      case Failed<T> failed -> failed.as();
    };
  }

  /** What follows a success. */
  @FunctionalInterface
  interface Next<T, U> {
    RemoteResult<U> from(T value) throws InterruptedException;
  }

  /** Goes on with the value; a failure stays what it is, and nothing follows it. */
  default <U> RemoteResult<U> then(Next<? super T, U> next) throws InterruptedException {
    return switch (this) {
      case Ok<T>(T value) -> next.from(value);
      case Failed<T> failed -> failed.as();
    };
  }

  /**
   * The value.
   *
   * @throws BackupException the failure, where there is none
   */
  default T orThrow() {
    return switch (this) {
      case Ok<T>(T value) -> value;
      case Failed<T> failed -> throw failed.asError();
    };
  }
}
