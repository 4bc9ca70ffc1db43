package dev.workbuddy.backup.io;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which relative file names may be used below a directory of ours; the same on every system. */
public final class SafeNames {
  private static final int MAX_CHARACTERS = 4096;

  /** No usual file system has room for more in one part of a path. */
  private static final int MAX_BYTES_OF_PART = 255;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:");

  private static final String OWN = ".wb-backup-";

  private SafeNames() {}

  /** Whether some part of a name is one that this program gives to notes of its own. */
  public static boolean isOurs(String name) {
    return Stream.of(name.split("/", -1)).anyMatch(part -> part.startsWith(OWN));
  }

  /** What is wrong with a name, or nothing where it stays below its directory. */
  public static Optional<String> problem(String name) {
    if (name.isEmpty()) {
      return Optional.of("is empty");
    }
    if (name.length() > MAX_CHARACTERS) {
      return Optional.of("is too long");
    }
    if (CONTROL.matcher(name).find()) {
      return Optional.of("has control characters");
    }
    if (name.indexOf('\\') >= 0) {
      return Optional.of("has a backslash");
    }
    if (name.startsWith("/") || DRIVE.matcher(name).find()) {
      return Optional.of("is absolute");
    }
    return Stream.of(name.split("/", -1)).flatMap(part -> problemOfPart(part).stream()).findFirst();
  }

  private static Optional<String> problemOfPart(String part) {
    return switch (part) {
      case "" -> Optional.of("has an empty part");
      case ".", ".." -> Optional.of("has a part \"" + part + "\"");
      default ->
          part.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES_OF_PART
              ? Optional.of("has a part of more than %d bytes".formatted(MAX_BYTES_OF_PART))
              : Optional.empty();
    };
  }
}
