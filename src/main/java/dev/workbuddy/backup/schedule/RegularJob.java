package dev.workbuddy.backup.schedule;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What is to be done regularly for each configuration. */
public enum RegularJob {
  /** A snapshot, as often as the configuration expects one. */
  SNAPSHOT("", "now --quiet", "take a snapshot of"),
  /** The rehearsal of a restore, each week. */
  DRILL("-drill", "drill --or-local --quiet", "rehearse a restore of");

  private static final int DRILL_HOUR = 4;
  private static final int HALF_AN_HOUR = 30;
  private static final int HOUR = 60;

  private final String suffix;
  private final String words;
  private final String purpose;

  RegularJob(String suffix, String words, String purpose) {
    this.suffix = suffix;
    this.words = words;
    this.purpose = purpose;
  }

  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What tells it apart from the others of the same configuration. */
  String suffix() {
    return suffix;
  }

  /** The command and its options. */
  List<String> words() {
    return List.of(words.split(" ", -1));
  }

  /** What it does, in words that the name of databases follows. */
  String purpose() {
    return purpose;
  }

  /**
   * When it is due.
   *
   * @param minute how many minutes after the even hour snapshots are taken; the drill keeps away
   */
  CalendarTimes moments(Duration cadence, int minute) {
    return switch (this) {
      case SNAPSHOT -> Interval.of(cadence).moments(minute);
      case DRILL ->
          CalendarTimes.weekly(DayOfWeek.SUNDAY, DRILL_HOUR, (minute + HALF_AN_HOUR) % HOUR);
    };
  }
}
