package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.capability.schema.Arguments;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Outcome;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the product, the same behind every face: the command line, and whatever else
 * comes to call it. It has no state of its own; calls may come from several threads.
 *
 * @param name the stable name, in snake case
 * @param title the name for people
 * @param description what it does, in a sentence or two, for people and agents
 * @param parameters the record whose components are the parameters, each {@link
 *     dev.workbuddy.backup.capability.schema.Described}
 * @param rehearsal how a call that destroys is shown beforehand; null where none destroys
 * @param <P> its typed parameters
 * @param <R> its result
 */
public record Capability<P extends Record, R extends Outcome>(
    String name,
    String title,
    String description,
    Effect effect,
    Set<Trait> traits,
    Class<P> parameters,
    Operation<P, R> operation,
    @Nullable Rehearsal<P, R> rehearsal) {

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
    this(name, name, description, effect, Set.of(), parameters, operation, null);
  }

  /** The same under a name for people. */
  Capability<P, R> titled(String newTitle) {
    return new Capability<>(
        name, newTitle, description, effect, traits, parameters, operation, rehearsal);
  }

  /** The same with these traits. */
  Capability<P, R> being(Trait... newTraits) {
    return new Capability<>(
        name, title, description, effect, Set.of(newTraits), parameters, operation, rehearsal);
  }

  /** The same, its destroying calls shown beforehand. */
  Capability<P, R> rehearsedBy(Rehearsal<P, R> newRehearsal) {
    return new Capability<>(
        name, title, description, effect, traits, parameters, operation, newRehearsal);
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
   * The typed parameters that a JSON object stands for.
   *
   * @throws dev.workbuddy.backup.outcome.BackupException {@code usage} where one is unknown,
   *     missing or of the wrong type
   */
  public P read(JsonNode arguments) {
    return Arguments.read(name, parameters, arguments);
  }
}
