package dev.workbuddy.backup.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Texts {
  private Texts() {}

  static String count(long number, String singular, String plural) {
    return grouped(number) + " " + (number == 1 ? singular : plural);
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** An age in its largest unit; a snapshot from the future says so. */
  static String age(long seconds) {
    if (seconds < 0) {
      return "in the future";
    }
    Duration age = Duration.ofSeconds(seconds);
    if (age.toDays() >= 1) {
      return age.toDays() + " d";
    }
    if (age.toHours() >= 1) {
      return age.toHours() + " h";
    }
    return age.toMinutes() >= 1 ? age.toMinutes() + " min" : seconds + " s";
  }
}
