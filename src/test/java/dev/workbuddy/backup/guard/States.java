package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.config.GuardSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** States of a database for tests, from texts like {@code notes=100 v=3 app=7}. */
final class States {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final GuardSettings USUAL = GuardSettings.defaults();

  private States() {}

  /** The new one. */
  static DatabaseState now(String text) {
    return at(NOW, text);
  }

  /** One from so many hours before. */
  static DatabaseState before(int hours, String text) {
    return at(NOW.minus(Duration.ofHours(hours)), text);
  }

  private static DatabaseState at(Instant moment, String text) {
    Map<String, Long> rows = new LinkedHashMap<>();
    int version = 3;
    int application = 0;
    for (String word : text.isBlank() ? new String[0] : text.strip().split(" +", -1)) {
      String[] pair = word.split("=", 2);
      switch (pair[0]) {
        case "v" -> version = Integer.parseInt(pair[1]);
        case "app" -> application = Integer.parseInt(pair[1]);
        default -> rows.put(pair[0], Long.valueOf(pair[1]));
      }
    }
    return new DatabaseState("snap-of-" + moment, moment, version, application, rows, null);
  }
}
