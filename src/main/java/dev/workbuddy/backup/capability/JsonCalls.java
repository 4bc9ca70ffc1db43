package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.ParameterSchema;
import dev.workbuddy.backup.capability.schema.ResultSchema;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls with JSON documents for arguments and answers. What is guarded is not done before somebody
 * agreed to its plan, with a token or by word.
 */
public final class JsonCalls {
  /** The extra argument of calls that destroy, and the extra key in the answer that asks for it. */
  public static final String CONFIRMATION = "confirmation";

  private final Agreements agreements;
  private final Caller caller;

  private JsonCalls(Agreements agreements, Caller caller) {
    this.agreements = agreements;
    this.caller = caller;
  }

  /** Calls of a person, who is shown each plan by the face itself. */
  public static JsonCalls ofPerson(Confirmations confirmations) {
    return new JsonCalls(confirmations, Caller.PERSON);
  }

  /** Calls of agents, whose plans a person has to agree to elsewhere; answers are short. */
  public static JsonCalls ofAgents(Questions questions) {
    return new JsonCalls(questions, Caller.AGENT);
  }

  /** What the capability takes, the confirmation included. */
  public static ObjectNode input(Capability<?, ?> capability) {
    ObjectNode schema = ParameterSchema.of(capability.parameters());
    if (capability.rehearsal() != null) {
      ((ObjectNode) schema.get("properties"))
          .putObject(CONFIRMATION)
          .put("type", "string")
          .put(
              "description",
              "The token from the answer to the same call without it, once a person agreed.");
    }
    return schema;
  }

  /** What it answers: how the call ended comes first; a plan may ask for a confirmation. */
  public static ObjectNode output(Capability<?, ?> capability, Class<?> result) {
    ObjectNode schema = ResultSchema.ofDocument(result);
    if (capability.rehearsal() != null) {
      ((ObjectNode) schema.get("properties"))
          .set(CONFIRMATION, ResultSchema.of(Confirmation.class));
    }
    return schema;
  }

  /**
   * The result's document, or the plan's where consent is still to be given.
   *
   * @throws BackupException {@code usage} for arguments that it does not take; {@code
   *     confirmation-invalid} for a token that is not for this; else what the capability throws
   */
  public <P extends Record, R extends Outcome> ObjectNode call(
      Capability<P, R> capability,
      ObjectNode arguments,
      Progress progress,
      Consent<? super R> consent)
      throws IOException, InterruptedException {
    ObjectNode rest = arguments.deepCopy();
    Preview<P, R> rehearsal = capability.rehearsal();
    String token = rehearsal == null ? null : confirmation(capability, rest);
    P parameters = capability.read(rest);
    return bounded(capability, answer(capability, parameters, token, progress, consent));
  }

  private <P extends Record, R extends Outcome> ObjectNode answer(
      Capability<P, R> capability,
      P parameters,
      @Nullable String token,
      Progress progress,
      Consent<? super R> consent)
      throws IOException, InterruptedException {
    if (!capability.effectOf(parameters).isGuarded()) {
      return Documents.of(capability.call(parameters, progress, caller));
    }
    Preview<P, R> rehearsal = capability.rehearsal();
    if (rehearsal == null || !rehearsal.canShow(parameters)) {
      throw forPeopleOnly(capability);
    }
    PlannedCall<P, R> planned = PlannedCall.of(capability, rehearsal, parameters, caller, progress);
    return new GuardedCall<>(capability, parameters, agreements, planned, progress)
        .answer(token, consent);
  }

  private static BackupException forPeopleOnly(Capability<?, ?> capability) {
    return new BackupException(
        ErrorCode.NOT_CONFIRMED,
        "%s with a place that the configuration does not name is for a person on a terminal"
            .formatted(capability.name()),
        "Leave the place out, or ask the person to run the command, or to add the place to the"
            + " configuration.");
  }

  private ObjectNode bounded(Capability<?, ?> capability, ObjectNode answer) {
    return caller == Caller.AGENT ? ShortAnswer.of(answer, capability.answerBytes()) : answer;
  }

  private static @Nullable String confirmation(Capability<?, ?> capability, ObjectNode arguments) {
    JsonNode token = arguments.remove(CONFIRMATION);
    if (token == null || token.isNull()) {
      return null;
    }
    if (!token.isString()) {
      throw new BackupException(
          ErrorCode.USAGE,
          capability.name() + ": confirmation is not a string",
          "Give the token from the answer to the first call, or leave it out.");
    }
    return token.stringValue();
  }
}
