package dev.workbuddy.backup.capability.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.workbuddy.backup.outcome.Status;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON schema of what {@link dev.workbuddy.backup.io.Json} makes of a result record. */
public final class ResultSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ResultSchema() {}

  /**
   * The schema of a record, the records in it included. It allows further properties, since later
   * versions may tell more.
   *
   * @throws IllegalArgumentException where something has a type that is not known here
   */
  public static ObjectNode of(Class<?> type) {
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      if (!isIgnored(component)) {
        String name = name(component);
        properties.set(name, of(component.getAnnotatedType()));
        required.add(name);
      }
    }
    schema.set("required", required);
    return schema;
  }

  /**
   * Returns the schema of the document that faces answer with: like {@link #of}, but its status
   * comes first.
   */
  public static ObjectNode ofDocument(Class<?> type) {
    ObjectNode result = of(type);
    ObjectNode schema = type("object");
    ObjectNode properties = schema.putObject("properties");
    properties.set("status", choice(Status.class));
    result.get("properties").properties().stream()
        .filter(property -> !property.getKey().equals("status"))
        .forEach(property -> properties.set(property.getKey(), property.getValue()));
    ArrayNode required = schema.putArray("required");
    properties.propertyNames().forEach(required::add);
    return schema;
  }

  /**
   * What a schema says of the document itself: of what is inside its properties only the kind is
   * left. Any document that the whole schema allows, the outline allows.
   */
  public static ObjectNode outline(ObjectNode schema) {
    ObjectNode outline = schema.deepCopy();
    outline
        .get("properties")
        .properties()
        .forEach(property -> withoutParts((ObjectNode) property.getValue()));
    return outline;
  }

  private static void withoutParts(ObjectNode schema) {
    schema.remove(List.of("properties", "required", "additionalProperties"));
    if (schema.get("items") instanceof ObjectNode items) {
      withoutParts(items);
    }
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
    return given == null ? Names.snake(component.getName()) : given.value();
  }

  private static boolean isIgnored(RecordComponent component) {
    AnnotatedElement accessor = component.getAccessor();
    return accessor.isAnnotationPresent(JsonIgnore.class);
  }

  private static ObjectNode of(AnnotatedType annotated) {
    ObjectNode schema = value(annotated);
    if (annotated.isAnnotationPresent(Nullable.class) && schema.has("type")) {
      String type = schema.get("type").stringValue();
      schema.putArray("type").add(type).add("null");
      if (schema.get("enum") instanceof ArrayNode words) {
        words.addNull();
      }
    }
    return schema;
  }

  private static ObjectNode value(AnnotatedType annotated) {
    if (annotated instanceof AnnotatedParameterizedType generic) {
      return collection(generic);
    }
    Class<?> type = raw(annotated.getType());
    var standsFor = Names.valueMethod(type);
    if (type.isEnum()) {
      return choice(type);
    }
    if (standsFor.isPresent()) {
      return standIn(standsFor.get());
    }
    return type.isRecord() ? of(type) : plain(type);
  }

  private static ObjectNode standIn(Method method) {
    return method.getReturnType() == Object.class
        ? JSON.objectNode()
        : value(method.getAnnotatedReturnType());
  }

  private static ObjectNode choice(Class<?> type) {
    ObjectNode schema = type("string");
    ArrayNode words = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).forEach(each -> words.add(Names.word((Enum<?>) each)));
    return schema;
  }

  private static ObjectNode collection(AnnotatedParameterizedType generic) {
    Class<?> type = raw(generic.getType());
    List<AnnotatedType> arguments = List.of(generic.getAnnotatedActualTypeArguments());
    if (Map.class.isAssignableFrom(type)) {
      ObjectNode schema = type("object");
      schema.set("additionalProperties", of(arguments.getLast()));
      return schema;
    }
    if (Collection.class.isAssignableFrom(type)) {
      ObjectNode schema = type("array");
      schema.set("items", of(arguments.getFirst()));
      return schema;
    }
    throw unknown(generic.getType());
  }

  private static ObjectNode plain(Class<?> type) {
    return switch (type.getName()) {
      case "boolean", "java.lang.Boolean" -> type("boolean");
      case "int", "long", "java.lang.Integer", "java.lang.Long" -> type("integer");
      case "double", "java.lang.Double" -> type("number");
      case "java.lang.String" -> type("string");
      default -> {
        if (type == Instant.class) {
          yield type("string").put("format", "date-time");
        }
        if (Path.class.isAssignableFrom(type)) {
          yield type("string");
        }
        throw unknown(type);
      }
    };
  }

  private static Class<?> raw(Type type) {
    return type instanceof java.lang.reflect.ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  private static IllegalArgumentException unknown(Type type) {
    return new IllegalArgumentException("no schema is known for " + type);
  }

  private static ObjectNode type(String name) {
    return JSON.objectNode().put("type", name);
  }
}
