package dev.workbuddy.backup.io;

import java.util.List;
import java.util.regex.Pattern;

/** Which relative file names may be used below a directory of ours, on every system. */
public final class SafeNames {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");

  private SafeNames() {}

  /**
   * Whether the name stays below its directory: relative, {@code /} between plain names, none of
   * them {@code .} or {@code ..}, no backslash, no drive letter, no control character. A colon
   * further on is a matter of the system: where it is not legal, no path can be made of the name.
   */
  public static boolean isSafe(String name) {
    return !name.isEmpty()
        && !DRIVE.matcher(name).lookingAt()
        && name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
        && List.of(name.split("/", -1)).stream().allMatch(SafeNames::isPlain);
  }

  private static boolean isPlain(String part) {
    return !part.isEmpty() && !part.equals(".") && !part.equals("..");
  }
}
