package dev.workbuddy.backup.io;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.workbuddy.backup.outcome.VisibleText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * How this program writes and reads JSON: records, keys in snake case, instants in ISO 8601, maps
 * sorted by key, characters that nobody sees as escapes. Readers ignore keys that they do not know;
 * absent lists and maps are empty.
 */
public final class Json {
  /** Deeper and longer than anything that this program writes: the longest is a query's value. */
  private static final StreamReadConstraints BOUNDS =
      StreamReadConstraints.builder().maxNestingDepth(100).maxStringLength(4 << 20).build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(BOUNDS)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .annotationIntrospector(new NullableComponents())
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(Path.class, ToStringSerializer.instance)
                  .addDeserializer(Instant.class, new BoundedInstants()))
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .withConfigOverride(
              Map.class,
              override -> override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .withConfigOverride(
              List.class,
              override -> override.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
          .build();

  private Json() {}

  /** The value as an indented UTF-8 document that ends in a newline. */
  public static byte[] bytes(Object value) {
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /** The value as an indented document that ends in a newline. */
  public static String text(Object value) {
    return visible(MAPPER.writeValueAsString(value).replace("\r\n", "\n")) + "\n";
  }

  /** The value as a document on one line, without a newline at its end. */
  public static String line(Object value) {
    return visible(
        MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value));
  }

  /** Hidden characters as escapes of JSON: they stand in strings only, and mean the same there. */
  private static String visible(String document) {
    if (document.codePoints().noneMatch(Json::isEscaped)) {
      return document;
    }
    StringBuilder escaped = new StringBuilder();
    document
        .codePoints()
        .forEach(
            character -> {
              if (isEscaped(character)) {
                for (char unit : Character.toChars(character)) {
                  escaped.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
              } else {
                escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }

  private static boolean isEscaped(int character) {
    return character != '\n' && VisibleText.isHidden(character);
  }

  /** The value as a tree, to be put into a larger document. */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * Reads a document as a tree.
   *
   * @throws tools.jackson.core.JacksonException where it is not one JSON document
   */
  public static JsonNode parse(byte[] document) {
    return MAPPER.readTree(document);
  }

  /** Why a document could not be read, in words for people that follow the document's name. */
  public static String words(JacksonException error) {
    return switch (error) {
      case UnusableDocumentException unusable -> unusable.getOriginalMessage();
      case StreamConstraintsException _ -> "something in it is too long or too deep" + place(error);
      case StreamReadException _ -> notJson(error) + place(error);
      case InvalidNullException missing -> "it does not say " + key(missing);
      case DatabindException _ when error.getCause() instanceof NullPointerException ->
          "it says null where a value belongs";
      case DatabindException _ -> "a value in it is none that belongs there" + place(error);
      default -> error.getOriginalMessage();
    };
  }

  private static String notJson(JacksonException error) {
    String message = error.getOriginalMessage();
    if (message.contains("end-of-input")) {
      return "it is not complete JSON: it ends in the middle";
    }
    return message.startsWith("Duplicate") ? "a key in it is there twice" : "it is not JSON";
  }

  /** The way to what is not there, as far as the document's own keys lead. */
  private static String key(InvalidNullException missing) {
    String path =
        missing.getPath().stream()
            .map(step -> step.getPropertyName() == null ? "*" : step.getPropertyName())
            .collect(Collectors.joining("."));
    return SafeText.line(path.isEmpty() ? "what it should" : path);
  }

  private static String place(JacksonException error) {
    TokenStreamLocation place = error.getLocation();
    return place == null || place.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr());
  }

  /**
   * Reads a document as a record, which then says all that it promises: what is not {@code
   * Nullable} is there, no list or map holds null, and no moment is out of the calendar.
   *
   * @throws tools.jackson.core.JacksonException where it is not JSON, or does not fit the record
   */
  public static <T> T read(byte[] document, Class<T> type) {
    if (document.length == 0) {
      throw new UnusableDocumentException("it is empty");
    }
    T value = MAPPER.readValue(document, type);
    if (value == null) {
      throw new UnusableDocumentException("it says null");
    }
    return value;
  }
}
