package dev.workbuddy.backup.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.GuardSettings;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.testing.Seeds;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules on random histories, against a naive reading of them. */
class ComparisonPropertyTest {
  private static final List<String> TABLES = List.of("a", "b", "c", "d", "e");

  static LongStream seeds() {
    return Seeds.of(200);
  }

  /** Some hours of one database, all of the same schema. */
  private static final class Course {
    final Random random;
    final GuardSettings settings;
    final List<DatabaseState> past = new ArrayList<>();

    Course(long seed) {
      random = new Random(seed);
      settings =
          new GuardSettings(
              true,
              new GuardSettings.Limits(random.nextInt(101), random.nextInt(40)),
              random.nextBoolean()
                  ? List.of()
                  : List.of(
                      new GuardSettings.TableRule(
                          "db", "c", new GuardSettings.Limits(random.nextInt(101), 3))));
      for (int i = 1 + random.nextInt(12); i > 0; i--) {
        past.add(state(Duration.ofHours(20L * (13 - i)), rows()));
      }
    }

    Map<String, Long> rows() {
      Map<String, Long> rows = new LinkedHashMap<>();
      TABLES.forEach(table -> rows.put(table, random.nextLong(random.nextBoolean() ? 60 : 1000)));
      return rows;
    }

    DatabaseState state(Duration ago, Map<String, Long> rows) {
      Instant at = States.NOW.minus(ago);
      return new DatabaseState(
          "snap-" + ago.toHours(), at, 3, 0, rows, Map.of(), Manifest.HighMarks.NONE, null);
    }

    Comparison.Result compare(Map<String, Long> rows) {
      return new Comparison(settings)
          .compare("db", state(Duration.ZERO, rows), past, table -> Instant.MIN);
    }

    LongStream rowsOfTheWeek(String table) {
      return past.stream()
          .filter(
              state ->
                  state.equals(past.getFirst())
                      || Duration.between(state.at(), States.NOW).toDays() < 7
                      || Duration.between(state.at(), States.NOW).equals(Duration.ofDays(7)))
          .mapToLong(state -> state.rows().getOrDefault(table, 0L));
    }

    long mostIn(String table) {
      return rowsOfTheWeek(table).max().orElseThrow();
    }

    boolean wasEmpty(String table) {
      return rowsOfTheWeek(table).anyMatch(rows -> rows == 0);
    }
  }

  private static Set<String> tables(Comparison.Result result) {
    Set<String> tables = new HashSet<>();
    result.findings().forEach(found -> assertThat(tables.add(found.table())).isTrue());
    return tables;
  }

  private static boolean isTooMuch(long had, long has, GuardSettings.Limits limits) {
    BigInteger lost = BigInteger.valueOf(had).subtract(BigInteger.valueOf(has));
    BigInteger allowed =
        BigInteger.valueOf(had).multiply(BigInteger.valueOf(limits.maxShrinkPercent()));
    return had >= limits.minRows()
        && lost.multiply(BigInteger.valueOf(100)).compareTo(allowed) > 0
        && lost.signum() > 0;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compare_anyHistory_findsExactlyTheTablesAboveTheirLimit(long seed) {
    Course course = new Course(seed);
    Map<String, Long> now = course.rows();

    Set<String> expected = new HashSet<>();
    for (String table : TABLES) {
      GuardSettings.Limits limits = course.settings.limits("db", table);
      long last = course.past.getFirst().rows().getOrDefault(table, 0L);
      long has = now.getOrDefault(table, 0L);
      if (isTooMuch(last, has, limits)
          || isTooMuch(course.mostIn(table), has, limits)
          || (has == 0 && limits.maxShrinkPercent() < 100 && !course.wasEmpty(table))) {
        expected.add(table);
      }
    }

    assertThat(tables(course.compare(now))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compare_noTableBelowItsBest_findsNothing(long seed) {
    Course course = new Course(seed);
    Map<String, Long> now = new LinkedHashMap<>();
    TABLES.forEach(table -> now.put(table, course.mostIn(table) + course.random.nextLong(5)));

    assertThat(course.compare(now)).isEqualTo(Comparison.Result.NOTHING);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compare_tablesInAnotherOrder_findsTheSame(long seed) {
    Course course = new Course(seed);
    Map<String, Long> now = course.rows();
    List<String> shuffled = new ArrayList<>(TABLES);
    Collections.shuffle(shuffled, course.random);
    Map<String, Long> other = new LinkedHashMap<>();
    shuffled.forEach(table -> other.put(table, now.getOrDefault(table, 0L)));

    assertThat(course.compare(other)).isEqualTo(course.compare(now));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compare_evenFewerRows_findsAtLeastTheSame(long seed) {
    Course course = new Course(seed);
    Map<String, Long> now = course.rows();
    Map<String, Long> fewer = new LinkedHashMap<>();
    now.forEach((table, rows) -> fewer.put(table, rows - course.random.nextLong(rows + 1)));

    assertThat(tables(course.compare(fewer))).containsAll(tables(course.compare(now)));
  }
}
