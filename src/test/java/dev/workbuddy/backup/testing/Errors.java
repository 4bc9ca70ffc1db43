package dev.workbuddy.backup.testing;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the Java machine throws when nobody expects it. */
public enum Errors {
  MEMORY("out-of-memory"),
  THREADS("out-of-memory"),
  STACK("internal"),
  CLASS("internal"),
  ASSERTION("internal");

  private final String code;

  Errors(String code) {
    this.code = code;
  }

  /** A new one. */
  public Error make() {
    return switch (this) {
      case MEMORY -> new OutOfMemoryError("Java heap space");
      case THREADS ->
          new OutOfMemoryError("unable to create native thread: possibly out of memory");
      case STACK -> new StackOverflowError();
      case CLASS -> new NoClassDefFoundError("dev/workbuddy/Gone");
      case ASSERTION -> new AssertionError("cannot be");
    };
  }

  /** What users and scripts read of it. */
  public String code() {
    return code;
  }

  /**
   * Environment variables that can be read until an error is set; whatever reads the configuration
   * then throws it, wherever it runs.
   */
  public static final class Variables extends AbstractMap<String, String> {
    private final AtomicReference<@Nullable Errors> next = new AtomicReference<>();
    private final AtomicInteger thrown = new AtomicInteger();
    private final Map<String, String> variables;

    /**
     * Shows these variables.
     *
     * @param variables may change later
     */
    public Variables(Map<String, String> variables) {
      this.variables = variables;
    }

    /** Throws such an error each time from now on; none for null. */
    public void set(@Nullable Errors error) {
      next.set(error);
    }

    /** How many were thrown. */
    public int thrown() {
      return thrown.get();
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
      Errors error = next.get();
      if (error != null) {
        thrown.incrementAndGet();
        throw error.make();
      }
      return variables.entrySet();
    }
  }
}
