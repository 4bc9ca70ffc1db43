package dev.workbuddy.backup.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings at the head of a text for people. */
final class FrontMatter {
  private static final String FENCE = "---";

  private FrontMatter() {}

  /** What stands between the first two lines {@code ---}, on the lines where it stood. */
  static Optional<String> of(String text, String file, Problems problems) {
    List<String> lines = text.lines().map(String::stripTrailing).toList();
    List<String> rest = lines.subList(Math.min(1, lines.size()), lines.size());
    int end = rest.indexOf(FENCE);
    if (lines.isEmpty() || !lines.getFirst().equals(FENCE)) {
      problems.add(new Position(file, 1), "must begin with a line --- and the job's settings");
      return Optional.empty();
    }
    if (end < 0) {
      problems.add(new Position(file, 1), "a second line --- must end the settings");
      return Optional.empty();
    }
    return Optional.of(rest.stream().limit(end).collect(Collectors.joining("\n", "\n", "\n")));
  }
}
