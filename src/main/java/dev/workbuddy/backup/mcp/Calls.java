package dev.workbuddy.backup.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The requests that are being answered, each by an id. */
final class Calls {
  /** What a client sends to withdraw a request. */
  static final String CANCELLED = "notifications/cancelled";

  private final Map<Object, Call> running = new HashMap<>();

  /** The handling of a request, findable by its id until it ends. */
  Mono<Void> track(Object id, Mono<Void> handling) {
    return Mono.defer(
        () -> {
          Call call = begin(id);
          return handling
              .contextWrite(
                  context ->
                      context.put(
                          McpTransportContext.KEY,
                          McpTransportContext.create(Map.of(Call.KEY, call))))
              .doFinally(_ -> end(id, call));
        });
  }

  /** A request begins that {@link #end} will end. */
  synchronized Call begin(Object id) {
    Call call = new Call();
    running.put(id, call);
    return call;
  }

  /** The end of what {@link #begin} began. */
  synchronized void end(Object id, Call call) {
    running.remove(id, call);
    notifyAll();
  }

  /** Ends a request of which only the id is known. */
  synchronized void end(Object id) {
    running.remove(id);
    notifyAll();
  }

  /**
   * Withdraws the request that the parameters of a cancelling notification name, if any.
   *
   * @param key the id under which the request began, of the id that the client gave it
   */
  void cancel(@Nullable Object parameters, UnaryOperator<Object> key) {
    Object id = parameters instanceof Map<?, ?> map ? map.get("requestId") : null;
    Call call = id == null ? null : find(key.apply(id));
    if (call != null) {
      call.withdraw();
    }
  }

  /** Whether the request was withdrawn, so that nobody waits for its answer. */
  boolean isWithdrawn(@Nullable Object id) {
    Call call = id == null ? null : find(id);
    return call != null && call.isWithdrawn();
  }

  private synchronized @Nullable Call find(Object id) {
    return running.get(id);
  }

  /** Lets nobody wait for a client that is gone, and returns when all work has ended. */
  void drain() throws InterruptedException {
    all().forEach(Call::stopAsking);
    awaitNone();
  }

  private synchronized List<Call> all() {
    return List.copyOf(running.values());
  }

  private synchronized void awaitNone() throws InterruptedException {
    while (!running.isEmpty()) {
      wait();
    }
  }
}
