package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A guarded call of which only the plan was made. The person who has to agree sees the plan and
 * what is at stake; the call then does exactly that, or is refused where that is no longer
 * possible.
 */
public final class PlannedCall<P extends Record, R extends Outcome> {
  private final Capability<P, R> capability;
  private final Preview<P, R> rehearsal;
  private final P parameters;
  private final Caller caller;
  private final R plan;
  private final List<String> state;

  private PlannedCall(
      Capability<P, R> capability,
      Preview<P, R> rehearsal,
      P parameters,
      Caller caller,
      R plan,
      List<String> state) {
    this.capability = capability;
    this.rehearsal = rehearsal;
    this.parameters = parameters;
    this.caller = caller;
    this.plan = plan;
    this.state = state;
  }

  /** Makes the plan, which changes nothing. */
  static <P extends Record, R extends Outcome> PlannedCall<P, R> of(
      Capability<P, R> capability,
      Preview<P, R> rehearsal,
      P parameters,
      Caller caller,
      Progress progress)
      throws IOException, InterruptedException {
    R plan = capability.call(rehearsal.dry(parameters), progress, caller);
    List<String> state = rehearsal.state(plan);
    return new PlannedCall<>(capability, rehearsal, parameters, caller, plan, state);
  }

  /** What the call would do. */
  public R plan() {
    return plan;
  }

  /** What the call would cost; finding out may take long. */
  public Impact stakes(Progress progress) throws IOException, InterruptedException {
    return rehearsal.stakes(parameters, plan, Progress.safe(progress));
  }

  /** What an agreement is worth something for: this call, on what its plan stands on. */
  List<String> shown() {
    List<String> shown = new ArrayList<>(state);
    shown.add(capability.name());
    shown.add(Json.line(parameters));
    return shown;
  }

  /**
   * Makes the call, for somebody who was shown the plan and took their time.
   *
   * @throws BackupException {@code confirmation-invalid} where the plan, or what it stands on, is
   *     not what was shown any more; nothing was changed then
   */
  public R carryOut(Progress progress) throws IOException, InterruptedException {
    Progress told = Progress.safe(progress);
    R now = pinned().run(rehearsal.dry(parameters), told);
    if (!rehearsal.state(now).equals(state)) {
      throw new BackupException(
          ErrorCode.CONFIRMATION_INVALID,
          "%s: the data or the snapshots have changed since the plan was shown; nothing was changed"
              .formatted(capability.title()),
          "Look at today's plan and answer again. While an application writes into the data, stop"
              + " it first.");
    }
    return carryOutAtOnce(told);
  }

  /** Makes the call on a plan that was just made. */
  R carryOutAtOnce(Progress progress) throws IOException, InterruptedException {
    progress.checkpoint();
    return pinned().run(parameters, progress);
  }

  private Capability.Operation<P, R> pinned() {
    return rehearsal.pinned(plan, (given, progress) -> capability.call(given, progress, caller));
  }
}
