package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;

/**
 * One operation of the product, the same behind every face: the command line, and whatever else
 * comes to call it. It has no state of its own; calls may come from several threads.
 *
 * @param name the stable name, in snake case
 * @param description what it does, in a sentence or two, for people and agents
 * @param parameters the record whose components are the parameters
 * @param <P> its typed parameters
 * @param <R> its result
 */
public record Capability<P extends Record, R extends Outcome>(
    String name,
    String description,
    Effect effect,
    Class<P> parameters,
    Operation<P, R> operation) {

  /** What a capability does when it is called. */
  @FunctionalInterface
  public interface Operation<P extends Record, R extends Outcome> {
    R run(P parameters, Progress progress) throws IOException, InterruptedException;
  }

  /**
   * Does it.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException where it cannot be done, with a code, a
   *     message and a hint for the user
   */
  public R call(P parameters, Progress progress) throws IOException, InterruptedException {
    return operation.run(parameters, progress);
  }
}
