package dev.workbuddy.backup.capability.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kind of value that a parameter may have.
 *
 * @param words what it is, for messages
 * @param schema its JSON schema
 * @param reader the value that a JSON value stands for; empty where it is of another kind
 */
record ValueKind(String words, ObjectNode schema, Function<JsonNode, Optional<Object>> reader) {

  /**
   * The kind of a record component's type.
   *
   * @throws IllegalArgumentException for types that no parameter may have
   */
  static ValueKind of(Type type) {
    if (type instanceof ParameterizedType collection) {
      return collection(collection);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      return choice(raw);
    }
    return switch (raw.getName()) {
      case "boolean", "java.lang.Boolean" ->
          new ValueKind(
              "true or false",
              schema("boolean"),
              node -> when(node.isBoolean(), node, JsonNode::booleanValue));
      case "int", "java.lang.Integer" ->
          new ValueKind(
              "a whole number",
              schema("integer"),
              node ->
                  when(
                      node.isIntegralNumber() && node.canConvertToInt(), node, JsonNode::intValue));
      case "long", "java.lang.Long" ->
          new ValueKind(
              "a whole number",
              schema("integer"),
              node ->
                  when(
                      node.isIntegralNumber() && node.canConvertToLong(),
                      node,
                      JsonNode::longValue));
      case "java.lang.String" ->
          new ValueKind("a string", schema("string"), node -> text(node).map(text -> text));
      case "java.nio.file.Path" ->
          new ValueKind(
              "an absolute path", schema("string"), node -> text(node).flatMap(ValueKind::path));
      default -> throw new IllegalArgumentException("no parameter may be a " + type);
    };
  }

  private static ValueKind choice(Class<?> type) {
    List<Enum<?>> constants =
        Arrays.stream(type.getEnumConstants()).<Enum<?>>map(each -> (Enum<?>) each).toList();
    List<String> words = constants.stream().map(Names::word).toList();
    ObjectNode schema = schema("string");
    words.forEach(schema.putArray("enum")::add);
    return new ValueKind(
        "one of " + String.join(", ", words),
        schema,
        node ->
            text(node)
                .flatMap(
                    word ->
                        constants.stream().filter(c -> Names.word(c).equals(word)).findFirst()));
  }

  /** Strings by names. */
  private static ValueKind map(ParameterizedType type) {
    if (!type.getActualTypeArguments()[0].equals(String.class)
        || !type.getActualTypeArguments()[1].equals(String.class)) {
      throw new IllegalArgumentException("no parameter may be a " + type);
    }
    ObjectNode schema = schema("object");
    schema.putObject("additionalProperties").put("type", "string");
    return new ValueKind("an object of strings", schema, ValueKind::texts);
  }

  private static Optional<Object> texts(JsonNode node) {
    if (!node.isObject() || !node.values().stream().allMatch(JsonNode::isString)) {
      return Optional.empty();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(each -> texts.put(each.getKey(), each.getValue().stringValue()));
    return Optional.of(texts);
  }

  private static ValueKind collection(ParameterizedType type) {
    if (type.getRawType().equals(Map.class)) {
      return map(type);
    }
    ValueKind element = of(type.getActualTypeArguments()[0]);
    ObjectNode schema = schema("array");
    schema.set("items", element.schema());
    boolean set = type.getRawType().equals(Set.class);
    if (set) {
      schema.put("uniqueItems", true);
    } else if (!type.getRawType().equals(List.class)) {
      throw new IllegalArgumentException("no parameter may be a " + type);
    }
    return new ValueKind(
        "a list, each " + element.words(),
        schema,
        node -> elements(node, element).map(list -> set ? new LinkedHashSet<>(list) : list));
  }

  private static Optional<List<Object>> elements(JsonNode node, ValueKind element) {
    if (!node.isArray()) {
      return Optional.empty();
    }
    List<Optional<Object>> read = new ArrayList<>();
    node.values().forEach(each -> read.add(element.reader().apply(each)));
    return read.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(read.stream().flatMap(Optional::stream).collect(Collectors.toList()));
  }

  private static Optional<Object> path(String text) {
    try {
      return Optional.<Object>of(Path.of(text)).filter(path -> ((Path) path).isAbsolute());
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode node) {
    return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
  }

  private static Optional<Object> when(
      boolean fits, JsonNode node, Function<JsonNode, Object> value) {
    return fits ? Optional.of(value.apply(node)) : Optional.empty();
  }

  private static ObjectNode schema(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
