package dev.workbuddy.backup.tables;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.sqlite.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One value of a row, as SQLite stores it. In JSON it is null, a number or a string; what JSON
 * cannot say is an object with one key: {@code blob} or {@code text} (bytes in hexadecimal, for
 * text that is not UTF-8) or {@code real} (an infinity). A value that is too large to be shown is
 * an object with {@code large} ({@code blob} or {@code text}), {@code bytes} and {@code sha256}.
 */
public sealed interface SqlValue {

  /** No value. */
  record Null() implements SqlValue {}

  /** A 64-bit integer. */
  record Whole(long value) implements SqlValue {}

  /** A floating point number; SQLite stores no NaN. */
  record Real(double value) implements SqlValue {}

  /** Text that is valid UTF-8. */
  record Text(String value) implements SqlValue {}

  /** Bytes, in hexadecimal; {@code text} where SQLite takes them for text. */
  record Bytes(String hex, boolean text) implements SqlValue {}

  /**
   * A value that is too large to be shown.
   *
   * @param kind {@code blob} or {@code text}
   * @param bytes how long it is
   * @param sha256 how the checksum of its bytes begins, in hexadecimal
   */
  record Large(String kind, long bytes, String sha256) implements SqlValue {
    private static final int SHOWN_DIGITS = 16;

    private Map<String, Object> document() {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("large", kind);
      document.put("bytes", bytes);
      document.put("sha256", sha256);
      return document;
    }

    public static Large of(String kind, byte[] value) {
      return of(kind, value.length, Checksums.sha256(value));
    }

    public static Large of(String kind, long bytes, String sha256) {
      return new Large(kind, bytes, sha256.substring(0, SHOWN_DIGITS));
    }
  }

  /** What stands for it in a JSON document. */
  @JsonValue
  default @Nullable Object json() {
    return switch (this) {
      case Null _ -> null;
      case Whole whole -> whole.value();
      case Real real when Double.isInfinite(real.value()) ->
          Map.of("real", real.value() > 0 ? "Infinity" : "-Infinity");
      case Real real -> real.value();
      case Text text -> text.value();
      case Bytes bytes -> Map.of(bytes.text() ? "text" : "blob", bytes.hex());
      case Large large -> large.document();
    };
  }

  /** The value as SQL would write it, for people. */
  default String literal() {
    return switch (this) {
      case Null _ -> "NULL";
      case Whole whole -> Long.toString(whole.value());
      case Real real when Double.isInfinite(real.value()) -> real.value() > 0 ? "9e999" : "-9e999";
      case Real real -> Double.toString(real.value());
      case Text text -> Sql.literal(text.value());
      case Bytes bytes -> (bytes.text() ? "text x'" : "x'") + bytes.hex() + "'";
      case Large large ->
          "%s of %,d bytes, sha256 %s…".formatted(large.kind(), large.bytes(), large.sha256());
    };
  }

  /** About how much room it takes, in characters. */
  default long length() {
    return switch (this) {
      case Text text -> text.value().length();
      case Bytes bytes -> bytes.hex().length();
      case Null _, Whole _, Real _, Large _ -> Long.BYTES;
    };
  }

  /**
   * The value in one column of the current row, columns counted from 1, of a statement that selects
   * it as {@link LargeValues#shown(String)} has it.
   */
  static SqlValue readShown(ResultSet rows, int column) throws SQLException {
    SqlValue cell = read(rows, column, Integer.MAX_VALUE);
    return cell instanceof Text text ? LargeValues.standsFor(text.value()).orElse(cell) : cell;
  }

  /** The value as it is; one of more bytes than that is {@link Large}, and then forgotten. */
  static SqlValue read(ResultSet rows, int column, int most) throws SQLException {
    return switch (rows.getObject(column)) {
      case null -> new Null();
      case Double real -> new Real(real);
      case Number whole -> new Whole(whole.longValue());
      case byte[] bytes -> bytes(bytes, most);
      case Object text -> text(text.toString(), rows.getBytes(column), most);
    };
  }

  private static SqlValue bytes(byte[] bytes, int most) {
    return bytes.length > most
        ? Large.of("blob", bytes)
        : new Bytes(HexFormat.of().formatHex(bytes), false);
  }

  /** The value that {@link #json} wrote. */
  @JsonCreator
  static SqlValue of(JsonNode json) {
    return switch (json) {
      case JsonNode node when node.isNull() -> new Null();
      case JsonNode node when node.isIntegralNumber() -> new Whole(node.longValue());
      case JsonNode node when node.isNumber() -> new Real(node.doubleValue());
      case JsonNode node when node.isString() -> new Text(node.stringValue());
      case JsonNode node when node.has("large") ->
          new Large(
              node.get("large").stringValue(),
              node.get("bytes").longValue(),
              node.get("sha256").stringValue());
      case JsonNode node when node.has("real") ->
          new Real(
              node.get("real").stringValue().startsWith("-")
                  ? Double.NEGATIVE_INFINITY
                  : Double.POSITIVE_INFINITY);
      case JsonNode node when node.has("text") -> new Bytes(node.get("text").stringValue(), true);
      case JsonNode node -> new Bytes(node.get("blob").stringValue(), false);
    };
  }

  /** The driver replaces what is not UTF-8; the bytes tell. */
  private static SqlValue text(String decoded, byte @Nullable [] bytes, int most) {
    if (bytes == null || bytes.length == 0) {
      return new Text(decoded);
    }
    if (bytes.length > most) {
      return Large.of("text", bytes);
    }
    try {
      return new Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Bytes(HexFormat.of().formatHex(bytes), true);
    }
  }
}
