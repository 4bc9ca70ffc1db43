package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.UserFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Systems that programs are installed on in different ways. */
enum OperatingSystem {
  DEBIAN,
  FEDORA,
  ARCH,
  MACOS,
  WINDOWS,
  OTHER;

  private static final int MOST_BYTES = 1 << 16;
  private static final Pattern ID = Pattern.compile("(?m)^ID(?:_LIKE)?=\"?([^\"\\n]*)\"?$");

  static OperatingSystem ofThisMachine() {
    return of(System.getProperty("os.name", ""), release());
  }

  private static String release() {
    try {
      return new UserFile(Path.of("/etc/os-release"), MOST_BYTES).text();
    } catch (IOException unknown) {
      return "";
    }
  }

  /**
   * The system that these words are of.
   *
   * @param name as Java calls it
   * @param release what {@code /etc/os-release} says; empty where there is none
   */
  static OperatingSystem of(String name, String release) {
    if (name.startsWith("Windows")) {
      return WINDOWS;
    }
    if (name.startsWith("Mac")) {
      return MACOS;
    }
    Set<String> ids =
        ID.matcher(release)
            .results()
            .flatMap(match -> Pattern.compile(" ").splitAsStream(match.group(1)))
            .map(id -> id.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    if (ids.contains("debian") || ids.contains("ubuntu")) {
      return DEBIAN;
    }
    if (ids.contains("fedora") || ids.contains("rhel")) {
      return FEDORA;
    }
    return ids.contains("arch") ? ARCH : OTHER;
  }
}
