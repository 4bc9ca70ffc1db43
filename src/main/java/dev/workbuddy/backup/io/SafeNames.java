package dev.workbuddy.backup.io;

import java.util.List;

/** Which relative file names may be used below a directory of ours, on every system. */
public final class SafeNames {
  private SafeNames() {}

  /**
   * Whether the name stays below its directory: relative, {@code /} between plain names, none of
   * them {@code .} or {@code ..}, no backslash, no drive letter, no control character.
   */
  public static boolean isSafe(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> c == '\\' || c == ':' || Character.isISOControl(c))
        && List.of(name.split("/", -1)).stream().allMatch(SafeNames::isPlain);
  }

  private static boolean isPlain(String part) {
    return !part.isEmpty() && !part.equals(".") && !part.equals("..");
  }
}
