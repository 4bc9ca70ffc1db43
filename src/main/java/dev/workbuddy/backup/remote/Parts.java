package dev.workbuddy.backup.remote;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A long file in parts: {@code <name>.part-000} and so on; {@code cat} joins them. */
public final class Parts {
  private static final Pattern NAME = Pattern.compile("(.+)\\.part-(\\d{3,})");

  private Parts() {}

  /** The piece itself where it is short enough; else its parts, each read once for its checksum. */
  static List<Piece> split(Piece piece, long partBytes) throws IOException {
    if (piece.bytes() <= partBytes) {
      return List.of(piece);
    }
    List<Piece> parts = new ArrayList<>();
    for (long offset = 0; offset < piece.bytes(); offset += partBytes) {
      String name = name(piece.name(), parts.size());
      long bytes = Math.min(partBytes, piece.bytes() - offset);
      Piece unread = new Piece(name, bytes, "", piece.source(), offset);
      try (InputStream content = unread.open()) {
        parts.add(new Piece(name, bytes, Checksums.sha256(content), piece.source(), offset));
      }
    }
    return parts;
  }

  private static String name(String whole, int number) {
    return "%s.part-%03d".formatted(whole, number);
  }

  /** Whether the name is that of a part of some file. */
  public static boolean isPart(String name) {
    return NAME.matcher(name).matches();
  }

  /** The name of the file that a part belongs to; a name that is no part's is its own. */
  public static String whole(String name) {
    var matcher = NAME.matcher(name);
    return matcher.matches() ? matcher.group(1) : name;
  }

  /** Appends the second part and all after it to the first, deleting them, and names it. */
  static void join(List<Path> parts) throws IOException {
    Path first = parts.getFirst();
    if (!isPart(first.getFileName().toString())) {
      return;
    }
    try (FileChannel joined = FileChannel.open(first, StandardOpenOption.WRITE)) {
      for (Path part : parts.subList(1, parts.size())) {
        joined.position(joined.size());
        try (FileChannel content = FileChannel.open(part, StandardOpenOption.READ)) {
          append(content, joined);
        }
        Files.delete(part);
      }
    }
    Files.move(first, first.resolveSibling(whole(first.getFileName().toString())));
  }

  private static void append(FileChannel content, FileChannel joined) throws IOException {
    long done = 0;
    while (done < content.size()) {
      done += content.transferTo(done, content.size() - done, joined);
    }
  }

  /** Whether a name is that of the snapshot's tarball, in any compression. */
  public static boolean isTarballOf(SnapshotId id, String name) {
    return Arrays.stream(Compression.values())
        .anyMatch(compression -> name.equals(id + compression.suffix()));
  }

  /**
   * Whether the names make one file: it itself, or its parts from the first on without a gap. A
   * last part that is not there does not show; what is sent after it does.
   */
  public static boolean isWhole(List<String> sortedNames) {
    if (sortedNames.isEmpty()) {
      return false;
    }
    String whole = whole(sortedNames.getFirst());
    if (sortedNames.contains(whole)) {
      return true;
    }
    for (int number = 0; number < sortedNames.size(); number++) {
      if (!sortedNames.get(number).equals(name(whole, number))) {
        return false;
      }
    }
    return true;
  }
}
