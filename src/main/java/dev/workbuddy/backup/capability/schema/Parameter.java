package dev.workbuddy.backup.capability.schema;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One parameter of a capability, as its record's component declares it.
 *
 * @param name in snake case
 * @param description empty where it has none
 * @param required whether it must be given
 * @param onTerminal whether no document can give it
 * @param alias its other name; null where it has none
 * @param byDefault the JSON value that stands in where it is left out; null for null, and where it
 *     is required
 */
record Parameter(
    String name,
    String description,
    ValueKind kind,
    boolean required,
    boolean onTerminal,
    @Nullable AlsoCalled alias,
    @Nullable JsonNode byDefault) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  static List<Parameter> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(Parameter::of).toList();
  }

  /** Those that a document can give. */
  static List<Parameter> ofDocument(Class<? extends Record> type) {
    return of(type).stream().filter(parameter -> !parameter.onTerminal()).toList();
  }

  private static Parameter of(RecordComponent component) {
    ValueKind kind = ValueKind.of(component.getGenericType());
    Described described = component.getAnnotation(Described.class);
    JsonNode byDefault = byDefault(component);
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return new Parameter(
        Names.snake(component.getName()),
        described == null ? "" : described.value(),
        kind,
        byDefault == null && !nullable,
        component.isAnnotationPresent(OnTerminal.class),
        component.getAnnotation(AlsoCalled.class),
        byDefault);
  }

  private static @Nullable JsonNode byDefault(RecordComponent component) {
    ByDefault given = component.getAnnotation(ByDefault.class);
    Class<?> type = component.getType();
    if (given != null) {
      return literal(type, given.value());
    }
    if (type == boolean.class) {
      return JSON.booleanNode(false);
    }
    if (type == Map.class) {
      return JSON.objectNode();
    }
    return type == Set.class || type == List.class ? JSON.arrayNode() : null;
  }

  private static JsonNode literal(Class<?> type, String text) {
    if (type == boolean.class) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    return type == int.class || type == long.class
        ? JSON.numberNode(Long.parseLong(text))
        : JSON.stringNode(text);
  }

  /** What an object gives for it, under either name; missing where it gives nothing. */
  JsonNode in(JsonNode given) {
    JsonNode own = given.path(name);
    if (alias == null || !own.isMissingNode()) {
      return own;
    }
    JsonNode other = given.path(alias.value());
    if (alias.truth().isEmpty() || !other.isBoolean()) {
      return other;
    }
    return other.booleanValue() ? JSON.stringNode(alias.truth()) : JSON.missingNode();
  }

  /** The names that a document may use for it. */
  Stream<String> names() {
    return alias == null ? Stream.of(name) : Stream.of(name, alias.value());
  }

  ObjectNode schema() {
    ObjectNode schema = kind.schema().deepCopy();
    schema.put("description", description);
    if (byDefault != null) {
      schema.set("default", byDefault);
    }
    return schema;
  }
}
