package dev.workbuddy.backup.health;

import java.time.Duration;

/** Ages as people say them, in their largest unit. */
final class Ages {
  private Ages() {}

  static String text(Duration age) {
    if (age.toDays() >= 2) {
      return age.toDays() + " days";
    }
    if (age.toHours() >= 2) {
      return age.toHours() + " hours";
    }
    return age.toMinutes() >= 2
        ? age.toMinutes() + " minutes"
        : Math.max(0, age.toSeconds()) + " seconds";
  }
}
