package dev.workbuddy.backup.remote.rclone;

import dev.workbuddy.backup.io.Progress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far {@code rclone} says it is, once a second, among its complaints. */
final class RcloneStats {
  /** What makes rclone say it. */
  static final List<String> OPTIONS =
      List.of("--stats", "1s", "--stats-one-line", "--stats-log-level", "NOTICE");

  private static final Pattern LINE =
      Pattern.compile(".*NOTICE:\\s+[\\d.]+ \\w+ / [\\d.]+ \\w+, (\\d+)%,.* ETA .*");
  private static final int ALL = 100;

  private RcloneStats() {}

  /** Hands on what a line says of the progress; other lines say nothing of it. */
  static void report(String line, Progress progress, long total) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches()) {
      long percent = Math.min(ALL, Long.parseLong(matcher.group(1)));
      progress.advance(percent * (total / ALL) + percent * (total % ALL) / ALL, total);
    }
  }

  /** What is left of its complaints without these lines. */
  static String without(String complaints) {
    return complaints
        .lines()
        .filter(line -> !LINE.matcher(line).matches())
        .reduce("", (all, line) -> all + line + "\n");
  }
}
