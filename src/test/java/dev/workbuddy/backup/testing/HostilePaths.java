package dev.workbuddy.backup.testing;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/** Texts in the place of a name, as somebody writes them who wants another place touched. */
@NullMarked
public final class HostilePaths {
  private HostilePaths() {}

  /** Each of them leads out of the directory that it is resolved in, or is no name at all. */
  public static List<String> thatLeaveADirectory() {
    return List.of(
        "",
        ".",
        "..",
        "/",
        "/etc/passwd",
        "../victim",
        "a/../../victim",
        "a/./b",
        "a//b",
        "a/",
        "./a",
        "C:/victim",
        "C:victim",
        "..\\victim",
        "\\\\host\\share",
        "a\0b",
        "a\nb",
        "\u001b[2Ja",
        "x".repeat(5000));
  }
}
