package dev.workbuddy.backup.capability.schema;

import dev.workbuddy.backup.config.Suggestion;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a JSON object as the typed parameters of a capability; every problem at once. */
public final class Arguments {
  private final String capability;
  private final List<Parameter> parameters;
  private final List<String> known;
  private final JsonNode given;
  private final List<String> problems = new ArrayList<>();

  private Arguments(String capability, List<Parameter> parameters, JsonNode given) {
    this.capability = capability;
    this.parameters = parameters;
    this.known =
        parameters.stream().filter(each -> !each.onTerminal()).flatMap(Parameter::names).toList();
    this.given = given;
  }

  /**
   * Reads the arguments. A null is as good as leaving the parameter out.
   *
   * @param capability whose they are, for the message
   * @throws BackupException {@code usage} where one is unknown, missing or of the wrong type
   */
  public static <P extends Record> P read(String capability, Class<P> type, JsonNode given) {
    return new Arguments(capability, Parameter.of(type), given).read(type);
  }

  private <P extends Record> P read(Class<P> type) {
    if (!given.isObject()) {
      problems.add("the arguments are not an object");
      throw refused();
    }
    given.propertyNames().forEach(this::requireKnown);
    @Nullable Object[] values = parameters.stream().map(this::value).toArray();
    if (!problems.isEmpty()) {
      throw refused();
    }
    return construct(type, values);
  }

  private void requireKnown(String name) {
    if (!known.contains(name)) {
      String meant =
          Suggestion.nearest(name, known).map(near -> ", did you mean " + near + "?").orElse("");
      problems.add("there is no parameter '" + shortened(name) + "'" + meant);
    }
  }

  private @Nullable Object value(Parameter parameter) {
    if (parameter.onTerminal()) {
      return null;
    }
    JsonNode value = parameter.in(given);
    if (value.isMissingNode() || value.isNull()) {
      if (parameter.required()) {
        problems.add(parameter.name() + " is missing");
      }
      JsonNode byDefault = parameter.byDefault();
      return byDefault == null ? null : parameter.kind().reader().apply(byDefault).orElseThrow();
    }
    Optional<Object> read = parameter.kind().reader().apply(value);
    if (read.isEmpty()) {
      problems.add(
          "%s is %s, not %s"
              .formatted(parameter.name(), shortened(value.toString()), parameter.kind().words()));
    }
    return read.orElse(null);
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private BackupException refused() {
    String takes =
        known.isEmpty()
            ? "It takes no parameters."
            : "It takes "
                + String.join(
                    ", ",
                    parameters.stream()
                        .filter(p -> !p.onTerminal())
                        .map(p -> p.name() + (p.required() ? " (required)" : ""))
                        .toList())
                + ".";
    return new BackupException(
        ErrorCode.USAGE, capability + ": " + String.join("; ", problems), takes);
  }

  private static <P extends Record> P construct(Class<P> type, @Nullable Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<P> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof BackupException refused) {
        throw refused;
      }
      throw new IllegalStateException(type + " refuses its values", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be constructed", e);
    }
  }
}
