package dev.workbuddy.backup.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The graph for faces that ask often: a young one is given at once, an older one too while a new
 * one is built in the background, and one that nobody has asked for in a long while is built anew.
 * Several threads may ask.
 */
public final class GraphCache {
  private static final Duration YOUNG = Duration.ofSeconds(45);
  private static final Duration TOO_OLD = Duration.ofMinutes(5);

  private final Builder builder;
  private final InstantSource clock;
  private final Executor background;
  private final AtomicReference<Optional<ControlGraph>> latest =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean building = new AtomicBoolean();
  private final AtomicLong changes = new AtomicLong();

  /** Builds a graph. */
  @FunctionalInterface
  public interface Builder {
    /**
     * Builds one.
     *
     * @param fresh whether to ask the network again what is remembered
     */
    ControlGraph build(boolean fresh) throws InterruptedException;
  }

  /**
   * @param background runs what nobody waits for
   */
  public GraphCache(Builder builder, InstantSource clock, Executor background) {
    this.builder = builder;
    this.clock = clock;
    this.background = background;
  }

  /** The graph, as old as it may be. */
  public ControlGraph get() throws InterruptedException {
    Optional<ControlGraph> graph = latest.get();
    if (graph.isEmpty()) {
      return rebuild(false);
    }
    Duration age = Duration.between(graph.get().builtAt(), clock.instant());
    if (age.isNegative() || age.compareTo(TOO_OLD) > 0) {
      return rebuild(false);
    }
    if (age.compareTo(YOUNG) > 0 && building.compareAndSet(false, true)) {
      background.execute(this::refresh);
    }
    return graph.get();
  }

  /**
   * A graph of now.
   *
   * @param fresh whether to ask the network again what is remembered
   */
  public ControlGraph rebuild(boolean fresh) throws InterruptedException {
    long before = changes.get();
    ControlGraph graph = builder.build(fresh);
    keep(graph, before);
    return graph;
  }

  /** Something has changed: what was built from before is not given any more. */
  public void forget() {
    changes.incrementAndGet();
    latest.set(Optional.empty());
  }

  private void refresh() {
    try {
      rebuild(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      building.set(false);
    }
  }

  /** A look that began before a change may not have seen it. */
  private void keep(ControlGraph graph, long before) {
    if (changes.get() != before) {
      return;
    }
    latest.updateAndGet(
        other ->
            other
                .filter(it -> isLater(it.builtAt(), graph.builtAt()))
                .or(() -> Optional.of(graph)));
  }

  private static boolean isLater(Instant one, Instant other) {
    return one.isAfter(other);
  }
}
