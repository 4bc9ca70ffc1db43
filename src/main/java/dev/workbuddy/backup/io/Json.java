package dev.workbuddy.backup.io;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.workbuddy.backup.outcome.VisibleText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * How this program writes and reads JSON: records, keys in snake case, instants in ISO 8601, maps
 * sorted by key, characters that nobody sees as escapes. Readers ignore keys that they do not know;
 * absent lists and maps are empty.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance))
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
    if (error.getOriginalMessage().contains("end-of-input")) {
      return "it is not complete JSON: it ends in the middle" + place(error);
    }
    if (error instanceof StreamReadException) {
      return "it is not JSON" + place(error);
    }
    if (error.getCause() instanceof NullPointerException) {
      return "it says null where a value belongs";
    }
    return error instanceof DatabindException
        ? "a value in it is none that belongs there" + place(error)
        : error.getOriginalMessage();
  }

  private static String place(JacksonException error) {
    TokenStreamLocation place = error.getLocation();
    return place == null || place.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(place.getLineNr(), place.getColumnNr());
  }

  /**
   * Reads a document as a record.
   *
   * @throws tools.jackson.core.JacksonException where it is not JSON, or does not fit the record
   */
  public static <T> T read(byte[] document, Class<T> type) {
    return MAPPER.readValue(document, type);
  }
}
