package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.schedule.JobCalls;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Calls capabilities by their names, with parameters from a document. */
public record NamedCalls(Capabilities capabilities) implements JobCalls {

  @Override
  public Optional<String> problem(String capability, JsonNode params) {
    try {
      Capability<?, ?> found = find(capability);
      var _ = parameters(found.parameters(), params);
      return Optional.empty();
    } catch (BackupException e) {
      return Optional.of(e.text() + ". " + e.hint());
    }
  }

  /**
   * Calls a capability.
   *
   * @param params an object with every parameter that has to be given
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
    return capability.call(parameters(capability.parameters(), params), progress);
  }

  private Capability<?, ?> find(String name) {
    List<String> names = capabilities.all().stream().map(Capability::name).toList();
    return capabilities.all().stream()
        .filter(capability -> capability.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorCode.USAGE,
                    "capability: there is none that is called " + name,
                    "There are " + String.join(", ", names) + "."));
  }

  private static <P extends Record> P parameters(Class<P> type, JsonNode params) {
    List<RecordComponent> known = List.of(type.getRecordComponents());
    List<String> names = known.stream().map(NamedCalls::name).toList();
    for (String given : params.propertyNames()) {
      if (!names.contains(given)) {
        throw refused("there is no " + given, names);
      }
    }
    for (RecordComponent component : known) {
      if (isRequired(component) && !params.hasNonNull(name(component))) {
        throw refused(name(component) + " is missing", names);
      }
    }
    return read(type, params, names);
  }

  private static <P extends Record> P read(Class<P> type, JsonNode params, List<String> names) {
    try {
      return Json.read(Json.bytes(params), type);
    } catch (JacksonException e) {
      String where =
          e.getPath().stream()
              .map(reference -> String.valueOf(reference.getPropertyName()))
              .findFirst()
              .orElse("one of them");
      throw refused(where + " is not of the right kind", names);
    }
  }

  private static boolean isRequired(RecordComponent component) {
    return !component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        && !Iterable.class.isAssignableFrom(component.getType());
  }

  private static String name(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static BackupException refused(String problem, List<String> names) {
    String takes =
        names.isEmpty() ? "It takes none." : "It takes " + String.join(", ", names) + ".";
    return new BackupException(ErrorCode.USAGE, "params: " + problem, takes);
  }
}
