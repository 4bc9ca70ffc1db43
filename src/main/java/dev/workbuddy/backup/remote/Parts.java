package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A long file in parts: {@code <name>.part-000} and so on; {@code cat} joins them. */
final class Parts {
  private static final Pattern NAME = Pattern.compile("(.+)\\.part-(\\d{3,})");

  private Parts() {}

  /** The piece itself where it is short enough; else its parts, each read once for its checksum. */
  static List<Piece> split(Piece piece, long partBytes) throws IOException {
    if (piece.bytes() <= partBytes) {
      return List.of(piece);
    }
    List<Piece> parts = new ArrayList<>();
    for (long offset = 0; offset < piece.bytes(); offset += partBytes) {
      String name = "%s.part-%03d".formatted(piece.name(), parts.size());
      long bytes = Math.min(partBytes, piece.bytes() - offset);
      Piece unread = new Piece(name, bytes, "", piece.source(), offset);
      try (InputStream content = unread.open()) {
        parts.add(new Piece(name, bytes, Checksums.sha256(content), piece.source(), offset));
      }
    }
    return parts;
  }

  static boolean isPart(String name) {
    return NAME.matcher(name).matches();
  }

  /** The name of the file that a part belongs to; a name that is no part's is its own. */
  static String whole(String name) {
    var matcher = NAME.matcher(name);
    return matcher.matches() ? matcher.group(1) : name;
  }
}
