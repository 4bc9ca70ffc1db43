package dev.workbuddy.backup.schedule;

import java.time.DayOfWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When something is due, in the words of every calendar.
 *
 * @param cron as a cron expression
 * @param minutes of the hour
 * @param hours of the day; empty where it is every hour
 * @param day of the week; null where it is every day
 */
record CalendarTimes(
    String cron, List<Integer> minutes, List<Integer> hours, @Nullable DayOfWeek day) {
  CalendarTimes {
    minutes = List.copyOf(minutes);
    hours = List.copyOf(hours);
  }

  /** Once a week. */
  static CalendarTimes weekly(DayOfWeek day, int hour, int minute) {
    return new CalendarTimes(
        "%d %d * * %d".formatted(minute, hour, number(day)), List.of(minute), List.of(hour), day);
  }

  /** As cron and launchd count days: from Sunday, which is 0. */
  static int number(DayOfWeek day) {
    return day.getValue() % DayOfWeek.values().length;
  }
}
