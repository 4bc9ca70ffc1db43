package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;

/**
 * One operation of the product, the same behind every face: the command line, and whatever else
 * comes to call it. It has no state of its own; calls may come from several threads.
 *
 * @param <P> its typed parameters
 * @param <R> its result
 */
public interface Capability<P extends Record, R extends Outcome> {

  /** The stable name, in snake case. */
  String name();

  /** What it does, in a sentence or two, for people and agents. */
  String description();

  Effect effect();

  /** The record whose components are the parameters. */
  Class<P> parameters();

  /**
   * Does it.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException where it cannot be done, with a code, a
   *     message and a hint for the user
   */
  R call(P parameters, Progress progress) throws IOException, InterruptedException;
}
