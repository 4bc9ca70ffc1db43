package dev.workbuddy.backup.schedule;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A regular step through the day, which every calendar can express: it divides an hour or a day
 * evenly.
 *
 * @param minutes from 1 to 1,440
 */
record Interval(int minutes) {
  private static final int HOUR = 60;
  private static final int DAY = 1_440;
  private static final List<Integer> STEPS =
      List.of(1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, HOUR, 120, 180, 240, 360, 480, 720, DAY);

  /** The slowest that is at least as fast as the cadence asks. */
  static Interval of(Duration cadence) {
    long wanted = Math.max(1, cadence.toMinutes());
    return new Interval(
        STEPS.stream().filter(step -> step <= wanted).reduce((_, last) -> last).orElse(1));
  }

  /**
   * As a cron expression.
   *
   * @param minute how many minutes after the even hour it begins, less than 60
   */
  String cron(int minute) {
    int first = minute % minutes;
    if (minutes == 1) {
      return "* * * * *";
    }
    if (minutes < HOUR) {
      return "%d-59/%d * * * *".formatted(first, minutes);
    }
    String hour = minutes == HOUR ? "*" : minutes == DAY ? "0" : "*/" + minutes / HOUR;
    return "%d %s * * *".formatted(first, hour);
  }

  /** Its moments. */
  CalendarTimes moments(int minute) {
    return new CalendarTimes(cron(minute), minutesOfHour(minute), hoursOfDay(), null);
  }

  /** The minutes of the hour at which it begins. */
  private List<Integer> minutesOfHour(int minute) {
    return IntStream.iterate(
            minute % minutes, each -> each < HOUR, each -> each + Math.min(minutes, HOUR))
        .boxed()
        .toList();
  }

  /** The hours of the day at which it begins; empty where it is every hour. */
  private List<Integer> hoursOfDay() {
    return minutes <= HOUR
        ? List.of()
        : IntStream.iterate(0, each -> each < DAY / HOUR, each -> each + minutes / HOUR)
            .boxed()
            .toList();
  }
}
