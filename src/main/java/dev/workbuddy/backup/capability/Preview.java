package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.List;

/**
 * How guarded calls of a capability are shown to the person who has to agree, before they are made.
 *
 * @param <P> the capability's parameters
 * @param <R> its result
 */
public interface Preview<P extends Record, R extends Outcome> {

  /**
   * Whether the plan can be made without already doing what has to be agreed to. Where it cannot,
   * only a person at a terminal may make the call.
   */
  default boolean canShow(P parameters) {
    return true;
  }

  /** The parameters of the same call that only makes the plan. */
  P dry(P parameters);

  /**
   * What the plan stands on: these texts change as soon as the plan or the data that it would
   * replace does. Quick, since it is asked for again right before the call.
   */
  List<String> state(R plan) throws IOException;

  /**
   * The operation, done so that it means exactly what the plan shows, however much time has passed
   * and whatever was taken, restored or swept meanwhile.
   *
   * @param operation the capability's own
   */
  default Capability.Operation<P, R> pinned(R plan, Capability.Operation<P, R> operation) {
    return operation;
  }

  /** What is at stake, for people; may take long. */
  Impact stakes(P parameters, R plan, Progress progress) throws IOException, InterruptedException;
}
