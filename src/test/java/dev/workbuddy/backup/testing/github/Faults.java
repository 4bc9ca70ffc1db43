package dev.workbuddy.backup.testing.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The script of what goes wrong: a queue for each operation, used up from the front. */
public final class Faults {
  private final Map<Operation, Deque<Optional<Fault>>> queues = new EnumMap<>(Operation.class);
  private final List<String> fired = new ArrayList<>();

  /** The next request of this kind that has no fault yet meets this one. */
  public synchronized Faults next(Operation operation, Fault fault) {
    queue(operation).add(Optional.of(fault));
    return this;
  }

  public Faults next(Operation operation, Reply reply) {
    return next(operation, new Fault.Answer(reply));
  }

  /** Forgets what was scripted and did not happen, and tells whether anything was. */
  public synchronized boolean forget() {
    boolean left = !haveAllFired();
    queues.clear();
    return left;
  }

  /** So many requests of this kind meet the fault. */
  public Faults times(int count, Operation operation, Fault fault) {
    Collections.nCopies(count, fault).forEach(each -> next(operation, each));
    return this;
  }

  /** So many requests of this kind go well before what is queued after this. */
  public synchronized Faults spare(int count, Operation operation) {
    queue(operation).addAll(Collections.nCopies(count, Optional.empty()));
    return this;
  }

  synchronized Optional<Fault> take(Operation operation) {
    Optional<Fault> fault = Optional.ofNullable(queue(operation).poll()).flatMap(maybe -> maybe);
    fault.ifPresent(each -> fired.add(operation + " " + each.getClass().getSimpleName()));
    return fault;
  }

  private Deque<Optional<Fault>> queue(Operation operation) {
    return queues.computeIfAbsent(operation, _ -> new ArrayDeque<>());
  }

  /** Whether everything that was scripted has happened. */
  public synchronized boolean haveAllFired() {
    return queues.values().stream().allMatch(Deque::isEmpty);
  }

  /** Fails unless everything that was scripted has happened. */
  public synchronized void assertAllFired() {
    List<String> left = new ArrayList<>();
    queues.forEach((operation, queue) -> queue.forEach(fault -> left.add(operation + " " + fault)));
    assertThat(left).as("scripted faults that never happened; those that did: %s", fired).isEmpty();
  }
}
