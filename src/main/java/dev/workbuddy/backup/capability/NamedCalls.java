package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.schedule.JobCalls;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Calls capabilities by their names, with parameters from a document. */
public record NamedCalls(Capabilities capabilities) implements JobCalls {

  @Override
  public Optional<String> problem(String capability, JsonNode params) {
    try {
      return destroys(find(capability), params)
          ? Optional.of(
              "capability: %s replaces or deletes data, and nobody would be asked. Run it by hand; a"
                      .formatted(capability)
                  + " job may only make its plan (dry_run: true)")
          : Optional.empty();
    } catch (BackupException e) {
      return Optional.of(e.text() + ". " + e.hint());
    }
  }

  /**
   * Calls a capability.
   *
   * @param params an object; what it leaves out has its default
   * @throws BackupException {@code usage} where there is no such capability or it does not take
   *     these parameters; else whatever the capability throws
   */
  public Outcome call(String capability, JsonNode params, Progress progress)
      throws IOException, InterruptedException {
    return call(find(capability), params, progress);
  }

  private static <P extends Record> Outcome call(
      Capability<P, ?> capability, JsonNode params, Progress progress)
      throws IOException, InterruptedException {
    return capability.call(capability.read(params), progress);
  }

  private Capability<?, ?> find(String name) {
    return capabilities.all().stream()
        .filter(capability -> capability.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static <P extends Record> boolean destroys(Capability<P, ?> capability, JsonNode params) {
    P parameters = capability.read(params);
    Rehearsal<P, ?> rehearsal = capability.rehearsal();
    return capability.effect() == Effect.DESTROYS
        && (rehearsal == null || rehearsal.destroys(parameters));
  }

  private BackupException unknown(String name) {
    String names =
        capabilities.all().stream().map(Capability::name).collect(Collectors.joining(", "));
    return new BackupException(
        ErrorCode.USAGE, "there is no capability " + name, "There are " + names + ".");
  }
}
