package dev.workbuddy.backup.io;

import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/**
 * What was found where a small file is expected. A reader must handle all three cases, so that an
 * unusable file never looks like an absent one.
 *
 * @param <T> what a usable file says
 */
public sealed interface Stored<T> {

  /** There is no file, not even one that cannot be used. */
  record Absent<T>() implements Stored<T> {}

  /** It was read, and is what it should be. */
  record Found<T>(T value) implements Stored<T> {}

  /**
   * Something is there that cannot be used.
   *
   * @param why in words that follow the file's name, for example "is larger than 1.0 MB"
   */
  record Unusable<T>(String why) implements Stored<T> {}

  /** What the file says; empty where there is none, and where it cannot be used. */
  default Optional<T> found() {
    return this instanceof Found<T>(T value) ? Optional.of(value) : Optional.empty();
  }

  /** Why it cannot be used; empty where it can, and where there is none. */
  default Optional<String> problem() {
    return this instanceof Unusable<T>(String why) ? Optional.of(why) : Optional.empty();
  }

  /**
   * Makes more of what was found.
   *
   * @param reader may throw a {@link JacksonException} for what it cannot use
   */
  default <R> Stored<R> read(Function<T, R> reader) {
    return switch (this) {
      case Absent<T>() -> new Absent<>();
      case Unusable<T>(String why) -> new Unusable<>(why);
      case Found<T>(T value) -> {
        try {
          yield new Found<>(reader.apply(value));
        } catch (JacksonException e) {
          yield new Unusable<>("cannot be used: " + Json.words(e));
        }
      }
    };
  }

  /** Returns this, or {@link Unusable} where the check finds a fault in what was found. */
  default Stored<T> unless(Function<T, Optional<String>> fault) {
    return switch (this) {
      case Found<T>(T value) -> fault.apply(value).<Stored<T>>map(Unusable::new).orElse(this);
      case Absent<T>() -> this;
      case Unusable<T> _ -> this;
    };
  }
}
