package dev.workbuddy.backup.config;

import java.time.Duration;
import java.util.List;

/**
 * How restores are rehearsed.
 *
 * @param window how old the last proven restore of a place may become
 * @param smokeCommand the application's own look at restored databases, with its arguments; {@code
 *     {db_dir}} stands for their directory. Empty where there is none
 * @param timeLimit how long that command may take
 */
public record DrillSettings(Duration window, List<String> smokeCommand, Duration timeLimit) {
  public DrillSettings {
    smokeCommand = List.copyOf(smokeCommand);
  }

  /** Thirty days, and no command. */
  public static DrillSettings defaults() {
    return new DrillSettings(Duration.ofDays(30), List.of(), Duration.ofMinutes(5));
  }
}
