package dev.workbuddy.backup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIdTest {
  private static final List<SnapshotId.Bucket> BUCKETS = List.of(SnapshotId.Bucket.values());
  private static final String OTHERS = "0123456789-:TZtz manul./\n٣";
  private static final long YEAR_1970_TO_9999 = 253_402_300_800L;

  @TempDir Path directory;

  static LongStream seeds() {
    return Seeds.of(20);
  }

  private static SnapshotId random(Random random) {
    Instant time =
        Instant.ofEpochSecond(random.nextLong(YEAR_1970_TO_9999), random.nextInt(1_000_000_000));
    return new SnapshotId(time, BUCKETS.get(random.nextInt(BUCKETS.size())));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void parse_whatWasFormatted_isTheSameIdAndALegalFileName(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      SnapshotId id = random(random);
      assertThat(SnapshotId.parse(id.toString())).contains(id);
      assertThat(id.toString()).matches("[a-zA-Z0-9-]+");
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void compareTo_anyIds_ordersThemAsTheirNames(long seed) {
    Random random = new Random(seed);
    List<SnapshotId> ids =
        Stream.generate(() -> random(random))
            .limit(100)
            .flatMap(id -> BUCKETS.stream().map(each -> new SnapshotId(id.time(), each)))
            .distinct()
            .sorted()
            .toList();
    assertThat(ids).isSortedAccordingTo(Comparator.comparing(SnapshotId::toString));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void parse_oneCharacterChanged_isNoIdOrSpellsExactlyThatText(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      StringBuilder text = new StringBuilder(random(random).toString());
      char other = OTHERS.charAt(random.nextInt(OTHERS.length()));
      text.setCharAt(random.nextInt(text.length()), other);
      SnapshotId.parse(text.toString())
          .ifPresent(id -> assertThat(id).hasToString(text.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snap-2026-02-30T00-00-00Z",
        "snap-2025-02-29T00-00-00Z",
        "snap-2026-13-01T00-00-00Z",
        "snap-2026-00-01T00-00-00Z",
        "snap-2026-01-01T24-00-00Z",
        "snap-2026-01-01T23-60-00Z",
        "snap-2016-12-31T23-59-60Z",
        "snap-2026-11-22T13:00:00Z",
        "snap-2026-11-22t13-00-00z",
        "SNAP-2026-11-22T13-00-00Z",
        "snap-2026-11-22T13-00-00Z-Manual",
        "snap-2026-11-22T13-00-00Z-manual-manual",
        "snap-2026-11-22T13-00-00Z-agent-manual",
        "snap-2026-11-22T13-00-00Z-agents",
        "snap-2026-11-22T13-00-00Z.partial",
        "snap-2026-11-22T13-00-00",
        "snap-2026-11-22T13-00-00Z\n",
        " snap-2026-11-22T13-00-00Z",
        "snap-12026-11-22T13-00-00Z",
        "2026-11-22T13-00-00Z",
        "../snap-2026-11-22T13-00-00Z",
        "snap-",
        ""
      })
  void parse_anotherShapeOrNoSuchTime_isNoId(String text) {
    assertThat(SnapshotId.parse(text)).isEmpty();
  }

  @Test
  void parse_leapDay_isAnId() {
    assertThat(SnapshotId.parse("snap-2028-02-29T23-59-59Z-manual"))
        .contains(new SnapshotId(Instant.parse("2028-02-29T23:59:59Z"), true));
  }

  @ParameterizedTest
  @EnumSource(SnapshotId.Bucket.class)
  void next_secondIsTakenByAnyBucket_waitsForTheNextFreeOne(SnapshotId.Bucket takenBy)
      throws Exception {
    ObedientClock clock = new ObedientClock("2026-11-22T13:00:00.750Z");
    LocalStore store = new LocalStore(directory);
    for (String second : List.of("13:00:00Z", "13:00:01Z")) {
      SnapshotId taken = new SnapshotId(Instant.parse("2026-11-22T" + second), takenBy);
      Files.createDirectory(directory.resolve(taken.toString()));
    }
    SnapshotId id = new SnapshotIds(clock, clock).next(store, SnapshotId.Bucket.ROLLING);
    assertThat(id).hasToString("snap-2026-11-22T13-00-02Z");
    assertThat(clock.waits()).containsExactly(Duration.ofMillis(250), Duration.ofSeconds(1));
  }

  @Test
  void next_secondIsFree_waitsForNothing() throws Exception {
    ObedientClock clock = new ObedientClock("2026-11-22T13:00:00.999Z");
    SnapshotId id =
        new SnapshotIds(clock, clock).next(new LocalStore(directory), SnapshotId.Bucket.MANUAL);
    assertThat(id).hasToString("snap-2026-11-22T13-00-00Z-manual");
    assertThat(clock.waits()).isEmpty();
  }
}
