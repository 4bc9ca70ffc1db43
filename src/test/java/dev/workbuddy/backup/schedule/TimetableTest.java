package dev.workbuddy.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.testing.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimetableTest {
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC");

  private static Timetable timetable(String cron, String zone) throws UnusableJobException {
    return new Timetable(CronExpression.parse(cron), ZoneId.of(zone));
  }

  private static List<String> between(String cron, String zone, String from, String to)
      throws UnusableJobException {
    Timetable timetable = timetable(cron, zone);
    Instant end = Instant.parse(to);
    List<String> due = new ArrayList<>();
    Instant next = timetable.nextAfter(Instant.parse(from)).orElseThrow();
    while (next.isBefore(end)) {
      due.add(next.toString().substring(11, 16));
      next = timetable.nextAfter(next).orElseThrow();
    }
    return due;
  }

  /** Berlin: at 01:00 UTC, 02:00 becomes 03:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 * * * *    | 00:00 01:00 02:00 03:00
          30 * * * *   | 00:30 01:30 02:30
          30 2 * * *   | 01:00
          30 2,3 * * * | 01:00 01:30
          15,45 2 * * *| 01:00
          0 3 * * *    | 01:00
          0 */2 * * *  | 01:00 02:00
          0 1-3 * * *  | 00:00 01:00
          30 1 * * *   | 00:30
          """)
  void nextAfter_clocksGoForward_nothingIsLeftOutOrDoubled(String cron, String expected)
      throws Exception {
    assertThat(between(cron, "Europe/Berlin", "2026-03-28T23:59:00Z", "2026-03-29T03:01:00Z"))
        .isEqualTo(List.of(expected.split(" ", -1)));
  }

  /** Berlin: at 01:00 UTC, 03:00 becomes 02:00. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 * * * *    | 00:00 01:00 02:00 03:00
          30 * * * *   | 00:30 01:30 02:30
          30 2 * * *   | 00:30
          0 3 * * *    | 02:00
          0 */2 * * *  | 00:00 03:00
          30 1-4 * * * | 00:30 01:30 02:30
          """)
  void nextAfter_clocksGoBack_nothingIsLeftOutOrDoubled(String cron, String expected)
      throws Exception {
    assertThat(between(cron, "Europe/Berlin", "2026-10-24T23:59:00Z", "2026-10-25T03:01:00Z"))
        .isEqualTo(List.of(expected.split(" ", -1)));
  }

  @Test
  void nextAfter_hourlyForTwoYears_isEveryHour() throws Exception {
    Timetable timetable = timetable("0 * * * *", "Europe/Berlin");
    Instant moment = Instant.parse("2025-12-31T23:00:00Z");
    for (int hour = 0; hour < 17_520; hour++) {
      Instant next = timetable.nextAfter(moment).orElseThrow();
      assertThat(next).isEqualTo(moment.plus(Duration.ofHours(1)));
      moment = next;
    }
  }

  static LongStream seeds() {
    return Seeds.of(12);
  }

  /** From anywhere the next is the first of all that there are: no matter where one begins. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nextAfter_fromAnyMoment_isTheFirstOfAll(long seed) throws Exception {
    Random random = new Random(seed);
    String zone = ZONES.get(random.nextInt(ZONES.size()));
    String cron =
        "%d %s * * *"
            .formatted(
                random.nextInt(60), List.of("*", "2", "1-3", "*/2", "*/3").get(random.nextInt(5)));
    Timetable timetable = timetable(cron, zone);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    Instant end = start.plus(Duration.ofDays(365));
    TreeSet<Instant> all = new TreeSet<>();
    for (Instant next = start; next.isBefore(end); ) {
      next = timetable.nextAfter(next).orElseThrow();
      all.add(next);
    }
    for (int i = 0; i < 300; i++) {
      Instant any = start.plusSeconds(random.nextInt(364 * 86_400));
      assertThat(timetable.nextAfter(any)).as(cron + " " + zone).hasValue(all.higher(any));
    }
    long days =
        all.stream().map(due -> due.atZone(ZoneId.of(zone)).toLocalDate()).distinct().count();
    assertThat(days).isGreaterThanOrEqualTo(365);
  }

  @Test
  void nextAfter_timeOfTheDay_isDueOnceOnEveryDayOfTheYear() throws Exception {
    for (String zone : ZONES) {
      Timetable timetable = timetable("30 2 * * *", zone);
      Instant moment = LocalDateTime.of(2026, 1, 1, 0, 0).atZone(ZoneId.of(zone)).toInstant();
      for (int day = 1; day <= 365; day++) {
        moment = timetable.nextAfter(moment).orElseThrow();
        assertThat(moment.atZone(ZoneId.of(zone)).getDayOfYear()).as(zone).isEqualTo(day);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0 0 31 2 *", "0 0 31 4,6 *", "61 * * * *", "* * * *", "", "@fortnightly", "x"})
  void parse_impossible_isRefused(String cron) {
    assertThatThrownBy(() -> CronExpression.parse(cron))
        .isInstanceOf(UnusableJobException.class)
        .hasMessageStartingWith("schedule: ");
  }

  @Test
  void nextAfter_leapDay_isFound() throws Exception {
    assertThat(timetable("0 0 29 2 *", "UTC").nextAfter(Instant.parse("2026-03-01T00:00:00Z")))
        .hasValue(Instant.parse("2028-02-29T00:00:00Z"));
  }
}
