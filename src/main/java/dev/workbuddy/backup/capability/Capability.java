package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Arguments;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the product, the same behind every face: the command line, and whatever else
 * comes to call it. It has no state of its own; calls may come from several threads.
 *
 * @param name the stable name, in snake case
 * @param title the name for people
 * @param description what it does, in a sentence or two, for people and agents
 * @param effect the gravest that a call may have
 * @param effects what a call with these parameters does; never graver than {@code effect}
 * @param parameters the record whose components are the parameters, each {@link
 *     dev.workbuddy.backup.capability.schema.Described}
 * @param forAgents how it is done where an agent calls; null where that makes no difference
 * @param rehearsal how a guarded call is shown beforehand; null where no call is guarded, or where
 *     only a person may make one
 * @param answerBytes how long the answer to an agent may be
 * @param <P> its typed parameters
 * @param <R> its result
 */
public record Capability<P extends Record, R extends Outcome>(
    String name,
    String title,
    String description,
    Effect effect,
    Function<P, Effect> effects,
    Set<Trait> traits,
    Class<P> parameters,
    Operation<P, R> operation,
    @Nullable Operation<P, R> forAgents,
    @Nullable Preview<P, R> rehearsal,
    int answerBytes) {
  /** What an agent can read without losing its thread. */
  private static final int USUAL_BYTES = 24 << 10;

  /** What a capability does when it is called. */
  @FunctionalInterface
  public interface Operation<P extends Record, R extends Outcome> {
    R run(P parameters, Progress progress) throws IOException, InterruptedException;
  }

  public Capability {
    traits = Set.copyOf(traits);
  }

  /** One without a title, traits or a rehearsal, which the methods below give it. */
  public Capability(
      String name,
      String description,
      Effect effect,
      Class<P> parameters,
      Operation<P, R> operation) {
    this(
        name,
        name,
        description,
        effect,
        _ -> effect,
        Set.of(),
        parameters,
        operation,
        null,
        null,
        USUAL_BYTES);
  }

  /** This capability under a name for people. */
  Capability<P, R> titled(String newTitle) {
    return new Capability<>(
        name,
        newTitle,
        description,
        effect,
        effects,
        traits,
        parameters,
        operation,
        forAgents,
        rehearsal,
        answerBytes);
  }

  /** This capability with these traits. */
  Capability<P, R> being(Trait... newTraits) {
    return new Capability<>(
        name,
        title,
        description,
        effect,
        effects,
        Set.of(newTraits),
        parameters,
        operation,
        forAgents,
        rehearsal,
        answerBytes);
  }

  /** This capability, of which some calls do less than its gravest. */
  Capability<P, R> doing(Function<P, Effect> newEffects) {
    return new Capability<>(
        name,
        title,
        description,
        effect,
        newEffects,
        traits,
        parameters,
        operation,
        forAgents,
        rehearsal,
        answerBytes);
  }

  /** This capability, its guarded calls shown beforehand. */
  Capability<P, R> rehearsedBy(Preview<P, R> newRehearsal) {
    return new Capability<>(
        name,
        title,
        description,
        effect,
        effects,
        traits,
        parameters,
        operation,
        forAgents,
        newRehearsal,
        answerBytes);
  }

  /** This capability, done otherwise where an agent calls. */
  Capability<P, R> forAgents(Operation<P, R> theirs) {
    return new Capability<>(
        name,
        title,
        description,
        effect,
        effects,
        traits,
        parameters,
        operation,
        theirs,
        rehearsal,
        answerBytes);
  }

  /** This capability with answers to agents of at most so many bytes. */
  Capability<P, R> answeringWithin(int bytes) {
    return new Capability<>(
        name,
        title,
        description,
        effect,
        effects,
        traits,
        parameters,
        operation,
        forAgents,
        rehearsal,
        bytes);
  }

  /** What a call with these parameters does. */
  public Effect effectOf(P given) {
    Effect found = effects.apply(given);
    if (found.compareTo(effect) > 0) {
      throw new IllegalStateException(name + " declares less than " + found);
    }
    return found;
  }

  /** Whether calling it again with the same parameters changes nothing more. */
  public boolean isIdempotent() {
    return effect == Effect.READS || traits.contains(Trait.IDEMPOTENT);
  }

  /** Whether it may talk to other machines. */
  public boolean reachesOut() {
    return traits.contains(Trait.REACHES_OUT);
  }

  /**
   * Does it.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException where it cannot be done, with a code, a
   *     message and a hint for the user
   */
  public R call(P given, Progress progress) throws IOException, InterruptedException {
    return operation.run(given, Progress.safe(progress));
  }

  /**
   * Makes only the plan of a guarded call, for a person at a terminal; nothing is changed.
   *
   * @throws IllegalStateException for a capability without a rehearsal
   */
  public PlannedCall<P, R> planned(P given, Progress progress)
      throws IOException, InterruptedException {
    if (rehearsal == null) {
      throw new IllegalStateException(name + " has no rehearsal");
    }
    return PlannedCall.of(this, rehearsal, given, Caller.PERSON, Progress.safe(progress));
  }

  /** Like {@link #call(Record, Progress)}, for one who is no person. */
  R call(P given, Progress progress, Caller caller) throws IOException, InterruptedException {
    return caller == Caller.AGENT && forAgents != null
        ? forAgents.run(given, progress)
        : operation.run(given, progress);
  }

  /**
   * The typed parameters that a JSON object stands for.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException {@code usage} where one is unknown,
   *     missing or of the wrong type
   */
  public P read(JsonNode arguments) {
    return Arguments.read(name, parameters, arguments);
  }
}
