package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.Capability;
import dev.workbuddy.backup.capability.Consent;
import dev.workbuddy.backup.capability.Documents;
import dev.workbuddy.backup.capability.Impact;
import dev.workbuddy.backup.capability.PlannedCall;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Printer;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.restore.LiveDataStatus;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One command's conversation with its user: calls a capability, shows progress and the result. */
record Session(Environment environment, Capabilities capabilities, boolean json, boolean quiet) {

  /**
   * Calls the capability and prints what came of it.
   *
   * @param text prints the result for people
   * @return the exit code
   */
  <P extends Record, R extends Outcome> int run(
      Capability<P, R> capability, P parameters, BiConsumer<R, Printer> text)
      throws IOException, InterruptedException {
    return print(call(capability, parameters), text);
  }

  /** Calls the capability with progress shown, and prints nothing else. */
  <P extends Record, R extends Outcome> R call(Capability<P, R> capability, P parameters)
      throws IOException, InterruptedException {
    try (ConsoleProgress progress = progress()) {
      return capability.call(parameters, progress);
    }
  }

  /**
   * Calls the capability as {@link #run} does, once somebody agrees to exactly what is then done.
   *
   * @param consent who is shown the plan; empty for nobody, so that the call is made at once
   * @param whereabouts tells which data is live where the call is ended early; null for calls that
   *     do not replace the live directory
   */
  <P extends Record, R extends Outcome> int runAgreed(
      Capability<P, R> capability,
      P parameters,
      Optional<Consent<R>> consent,
      @Nullable LiveDataStatus whereabouts,
      BiConsumer<R, Printer> text)
      throws IOException, InterruptedException {
    Capability.Operation<P, R> operation =
        consent.isPresent() ? agreed(capability, parameters, consent.get()) : capability::call;
    R result;
    try (ConsoleProgress progress = replacing(whereabouts)) {
      result = operation.run(parameters, progress);
    }
    return print(result, text);
  }

  /** Progress is not in the way of the question, and the question not in the way of an end. */
  private <P extends Record, R extends Outcome> Capability.Operation<P, R> agreed(
      Capability<P, R> capability, P parameters, Consent<R> consent)
      throws IOException, InterruptedException {
    PlannedCall<P, R> planned;
    Impact impact;
    try (ConsoleProgress progress = progress()) {
      planned = capability.planned(parameters, progress);
      impact = planned.stakes(progress);
    }
    if (!consent.agreesTo(planned.plan(), impact).orElse(false)) {
      throw new BackupException(
          ErrorCode.NOT_CONFIRMED,
          "not confirmed; nothing was changed",
          "Answer y, or give --yes.");
    }
    return (_, progress) -> planned.carryOut(progress);
  }

  private ConsoleProgress replacing(@Nullable LiveDataStatus whereabouts) {
    return whereabouts == null
        ? progress()
        : InterruptNotice.after(progress(), whereabouts, environment.err());
  }

  <R extends Outcome> int print(R result, BiConsumer<R, Printer> text) {
    if (json) {
      environment.out().document(Json.text(Documents.of(result)));
    } else if (!quiet) {
      text.accept(result, environment.out());
    } else if (result.status() != Status.DONE) {
      text.accept(result, environment.err());
    } else {
      result.alarms().forEach(alarm -> environment.err().println("Warning: " + alarm));
    }
    return result.status().exitCode();
  }

  private ConsoleProgress progress() {
    if (quiet) {
      return ConsoleProgress.of(Progress.silent());
    }
    return environment.watched()
        ? new ProgressBarOnTerminal(environment.err().exact())
        : new ProgressLines(environment.err());
  }

  /** Whether a question can and should be asked before something is replaced. */
  boolean asks(boolean yes) {
    return !yes && environment.person().isPresent();
  }

  /**
   * The person to be asked before something is replaced or deleted.
   *
   * @param yes whether they said so beforehand, or nothing will be
   * @param text prints a plan
   * @return empty where nobody can or should be asked
   */
  <R extends Outcome> Optional<Consent<R>> person(boolean yes, BiConsumer<R, Printer> text) {
    return asks(yes) ? Optional.of(new TerminalConsent<>(this, text)) : Optional.empty();
  }

  /** Asks; only a clear yes is one. */
  boolean agrees(String question) throws IOException {
    return answer(question + " [y/N] ").toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /**
   * Asks for something to be typed.
   *
   * @param suggestion what an empty answer means; null for nothing
   */
  String ask(String label, @Nullable String suggestion) throws IOException {
    String answer = answer(label + (suggestion == null ? ": " : " [" + suggestion + "]: "));
    return answer.isEmpty() && suggestion != null ? suggestion : answer;
  }

  private String answer(String question) throws IOException {
    environment.err().print(question);
    environment.err().flush();
    String answer = environment.person().isEmpty() ? null : environment.person().get().readLine();
    return answer == null ? "" : answer.strip();
  }
}
