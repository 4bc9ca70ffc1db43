package dev.workbuddy.backup.health.control;

import dev.workbuddy.backup.io.Boundary;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
  private final AtomicBoolean building = new AtomicBoolean();
  private @Nullable ControlGraph latest;
  private long changes;

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
    ControlGraph graph = latest();
    if (graph == null) {
      return rebuild(false);
    }
    Duration age = Duration.between(graph.builtAt(), clock.instant());
    if (age.isNegative() || age.compareTo(TOO_OLD) > 0) {
      return rebuild(false);
    }
    if (age.compareTo(YOUNG) > 0 && building.compareAndSet(false, true)) {
      Boundary.begin(background, this::refresh, _ -> building.set(false));
    }
    return graph;
  }

  /**
   * A graph of now.
   *
   * @param fresh whether to ask the network again what is remembered
   */
  public ControlGraph rebuild(boolean fresh) throws InterruptedException {
    long before = changes();
    ControlGraph graph = builder.build(fresh);
    keep(graph, before);
    return graph;
  }

  /** Something has changed: what was built from before is not given any more. */
  public synchronized void forget() {
    changes++;
    latest = null;
  }

  private synchronized @Nullable ControlGraph latest() {
    return latest;
  }

  private synchronized long changes() {
    return changes;
  }

  /** Ignores errors: a caller that builds a graph and waits for it gets them. */
  private void refresh() {
    Boolean _ =
        Boundary.answer(
            () -> {
              ControlGraph _ = rebuild(false);
              return true;
            },
            _ -> false);
    building.set(false);
  }

  /** A look that began before a change may not have seen it. */
  private synchronized void keep(ControlGraph graph, long before) {
    boolean superseded = latest != null && latest.builtAt().isAfter(graph.builtAt());
    if (changes == before && !superseded) {
      latest = graph;
    }
  }
}
