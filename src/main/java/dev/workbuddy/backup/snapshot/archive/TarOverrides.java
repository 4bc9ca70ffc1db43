package dev.workbuddy.backup.snapshot.archive;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What records before a header say about the entry, where the header itself has too little room:
 * POSIX extended headers, and GNU long names.
 */
record TarOverrides(Optional<String> name, OptionalLong bytes, boolean sparse) {
  static final TarOverrides NONE = new TarOverrides(Optional.empty(), OptionalLong.empty(), false);

  private static final int MAX_LENGTH_DIGITS = 8;

  TarOverrides withGnuName(byte[] body) {
    int end = body.length;
    while (end > 0 && body[end - 1] == 0) {
      end--;
    }
    return new TarOverrides(Optional.of(TarHeader.utf8(body, 0, end)), bytes, sparse);
  }

  /**
   * Reads the records {@code length key=value\n} of an extended header. Throws {@link
   * IllegalArgumentException} for anything else.
   */
  TarOverrides withExtendedHeader(byte[] body) {
    TarOverrides result = this;
    int at = 0;
    while (at < body.length) {
      int space = indexOf(body, (byte) ' ', at, Math.min(body.length, at + MAX_LENGTH_DIGITS));
      int end = at + number(TarHeader.utf8(body, at, space - at));
      if (end <= space + 1 || end > body.length || body[end - 1] != '\n') {
        throw new IllegalArgumentException("an extended header is malformed");
      }
      result = result.withRecord(body, space + 1, end - 1);
      at = end;
    }
    return result;
  }

  private TarOverrides withRecord(byte[] body, int start, int end) {
    int equals = indexOf(body, (byte) '=', start, end);
    String key = TarHeader.utf8(body, start, equals - start);
    int value = equals + 1;
    if (key.startsWith("GNU.sparse.")) {
      return new TarOverrides(name, bytes, true);
    }
    return switch (key) {
      case "path" ->
          new TarOverrides(Optional.of(TarHeader.utf8(body, value, end - value)), bytes, sparse);
      case "size" ->
          new TarOverrides(
              name, OptionalLong.of(longNumber(TarHeader.utf8(body, value, end - value))), sparse);
      default -> this;
    };
  }

  private static int number(String digits) {
    return Math.toIntExact(Math.min(longNumber(digits), Integer.MAX_VALUE / 2));
  }

  private static long longNumber(String digits) {
    if (!digits.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("a number in an extended header is malformed");
    }
    return Long.parseLong(digits);
  }

  private static int indexOf(byte[] body, byte wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (body[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("an extended header is malformed");
  }
}
