package dev.workbuddy.backup.recovery;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.workbuddy.backup.sqlite.Sql;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One value of a row, as SQLite stores it. In JSON it is null, a number or a string; what JSON
 * cannot say is an object with one key: {@code blob} or {@code text} (bytes in hexadecimal, for
 * text that is not UTF-8) or {@code real} (an infinity).
 */
public sealed interface Cell {

  /** No value. */
  record Null() implements Cell {}

  /** A 64-bit integer. */
  record Whole(long value) implements Cell {}

  /** A floating point number; SQLite stores no NaN. */
  record Real(double value) implements Cell {}

  /** Text that is valid UTF-8. */
  record Text(String value) implements Cell {}

  /** Bytes, in hexadecimal; {@code text} where SQLite takes them for text. */
  record Bytes(String hex, boolean text) implements Cell {}

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
    };
  }

  /** About how much room it takes, in characters. */
  default long length() {
    return switch (this) {
      case Text text -> text.value().length();
      case Bytes bytes -> bytes.hex().length();
      case Null _, Whole _, Real _ -> Long.BYTES;
    };
  }

  /** The value in one column of the current row, columns counted from 1. */
  static Cell read(ResultSet rows, int column) throws SQLException {
    return switch (rows.getObject(column)) {
      case null -> new Null();
      case Double real -> new Real(real);
      case Number whole -> new Whole(whole.longValue());
      case byte[] bytes -> new Bytes(HexFormat.of().formatHex(bytes), false);
      case Object text -> text(text.toString(), rows.getBytes(column));
    };
  }

  /** The driver replaces what is not UTF-8; the bytes tell. */
  private static Cell text(String decoded, byte @Nullable [] bytes) {
    if (bytes == null || bytes.length == 0) {
      return new Text(decoded);
    }
    try {
      return new Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return new Bytes(HexFormat.of().formatHex(bytes), true);
    }
  }
}
