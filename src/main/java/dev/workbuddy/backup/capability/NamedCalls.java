package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.Suggestion;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Sentences;
import dev.workbuddy.backup.schedule.JobCalls;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Calls capabilities by their names, with parameters from a document. */
public record NamedCalls(Capabilities capabilities) implements JobCalls {

  @Override
  public Optional<String> problem(String capability, JsonNode params) {
    try {
      Effect effect = effect(find(capability), params);
      return effect.isGuarded() ? Optional.of(refusal(capability, effect)) : Optional.empty();
    } catch (BackupException e) {
      return Optional.of(Sentences.join(e.text(), e.hint()));
    }
  }

  @Override
  public boolean isOurs(String capability) {
    List<String> names = capabilities.all().stream().map(Capability::name).toList();
    return names.contains(capability) || Suggestion.nearest(capability, names).isPresent();
  }

  private static String refusal(String capability, Effect effect) {
    String does =
        switch (effect) {
          case POINTS -> "uses a place that the configuration does not name";
          case WEAKENS -> "shortens what is kept or switches protection off";
          default -> "replaces or deletes data";
        };
    return "capability: %s %s, and nobody would be asked. Run it by hand; a job may only make its"
            .formatted(capability, does)
        + " plan (dry_run: true)";
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

  private static <P extends Record> Effect effect(Capability<P, ?> capability, JsonNode params) {
    return capability.effectOf(capability.read(params));
  }

  private BackupException unknown(String name) {
    String names =
        capabilities.all().stream().map(Capability::name).collect(Collectors.joining(", "));
    return new BackupException(
        ErrorCode.USAGE, "there is no capability " + name, "There are " + names + ".");
  }
}
