package dev.workbuddy.backup.snapshot.archive;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which names a file in a tarball may have; the same rule for writing and for reading. */
final class EntryNames {
  static final int MAX_CHARACTERS = 4096;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:");

  private EntryNames() {}

  /** What is wrong with a name, or nothing when it stays below the directory it is unpacked to. */
  static Optional<String> problem(String name) {
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
    return problemOfParts(name.split("/", -1));
  }

  private static Optional<String> problemOfParts(String[] parts) {
    for (String part : parts) {
      switch (part) {
        case "" -> {
          return Optional.of("has an empty part");
        }
        case ".", ".." -> {
          return Optional.of("has a part \"" + part + "\"");
        }
        default -> {}
      }
    }
    return Optional.empty();
  }
}
