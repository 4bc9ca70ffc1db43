package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A rehearsal of a capability whose dry run says all that there is to say.
 *
 * @param asDryRun the same call as a dry run
 * @param standsOn what the plan stands on
 * @param stakes what is at stake
 * @param pin as {@link Preview#pinned}
 */
record DryRunPreview<P extends Record, R extends Outcome>(
    UnaryOperator<P> asDryRun,
    StateOf<R> standsOn,
    Function<R, Impact> stakes,
    BiFunction<R, Capability.Operation<P, R>, Capability.Operation<P, R>> pin)
    implements Preview<P, R> {

  /** A rehearsal of a capability whose parameters alone say what is meant. */
  DryRunPreview(UnaryOperator<P> asDryRun, StateOf<R> standsOn, Function<R, Impact> stakes) {
    this(asDryRun, standsOn, stakes, (_, operation) -> operation);
  }

  /** Looks at what a plan stands on. */
  @FunctionalInterface
  interface StateOf<R> {
    List<String> of(R plan) throws IOException;
  }

  @Override
  public P dry(P parameters) {
    return asDryRun.apply(parameters);
  }

  @Override
  public List<String> state(R plan) throws IOException {
    return standsOn.of(plan);
  }

  @Override
  public Capability.Operation<P, R> pinned(R plan, Capability.Operation<P, R> operation) {
    return pin.apply(plan, operation);
  }

  @Override
  public Impact stakes(P parameters, R plan, Progress progress) {
    return stakes.apply(plan);
  }
}
