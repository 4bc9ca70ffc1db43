package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.command;
import static dev.workbuddy.backup.config.ValueType.integer;

import java.time.Duration;
import java.util.List;

/** The keys about rehearsing restores. */
final class DrillReader {
  private static final int MOST_DAYS = 3_660;
  private static final int SECONDS_PER_DAY = 86_400;

  private DrillReader() {}

  static DrillSettings read(Section backups) {
    Section drill = backups.section("drill");
    DrillSettings usual = DrillSettings.defaults();
    int days = drill.get("window_days", integer(1, MOST_DAYS), (int) usual.window().toDays());
    List<String> smoke = drill.find("smoke_command", command()).orElse(List.of());
    int seconds =
        drill.get(
            "time_limit_seconds", integer(1, SECONDS_PER_DAY), (int) usual.timeLimit().toSeconds());
    return new DrillSettings(Duration.ofDays(days), smoke, Duration.ofSeconds(seconds));
  }
}
