package dev.workbuddy.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.retention.RetentionPlan.Decision;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A few histories that a person can check. */
class RetentionRulesTest {

  @Test
  void plan_aYearOfHourlySnapshots_keepsExactlyThese() {
    List<Candidate> year = new ArrayList<>();
    Instant end = Instant.parse("2026-01-01T00:00:00Z");
    for (Instant time = Instant.parse("2025-01-01T00:00:00Z");
        time.isBefore(end);
        time = time.plus(Duration.ofHours(1))) {
      year.add(new Candidate(new SnapshotId(time, false), SnapshotState.COMPLETE, false));
    }
    RetentionPlan plan =
        new RetentionRules(
                RetentionSettings.defaults(),
                InstantSource.fixed(Instant.parse("9999-01-01T00:00:00Z")))
            .plan(year);
    List<String> expected = new ArrayList<>();
    expected.add("2025-12-31T23-00-00Z hourly daily weekly monthly annual newest");
    for (int hour = 22; hour >= 0; hour--) {
      expected.add("2025-12-31T%02d-00-00Z hourly".formatted(hour));
    }
    expected.addAll(
        List.of(
            "2025-12-30T23-00-00Z daily",
            "2025-12-29T23-00-00Z daily",
            "2025-12-28T23-00-00Z daily weekly",
            "2025-12-27T23-00-00Z daily",
            "2025-12-26T23-00-00Z daily",
            "2025-12-25T23-00-00Z daily",
            "2025-12-21T23-00-00Z weekly",
            "2025-12-14T23-00-00Z weekly",
            "2025-11-30T23-00-00Z monthly",
            "2025-10-31T23-00-00Z monthly",
            "2025-09-30T23-00-00Z monthly",
            "2025-08-31T23-00-00Z monthly",
            "2025-07-31T23-00-00Z monthly",
            "2025-06-30T23-00-00Z monthly",
            "2025-05-31T23-00-00Z monthly",
            "2025-04-30T23-00-00Z monthly",
            "2025-03-31T23-00-00Z monthly",
            "2025-02-28T23-00-00Z monthly",
            "2025-01-31T23-00-00Z monthly"));
    assertThat(keptOf(plan)).isEqualTo(expected);
    assertThat(plan.deletions()).hasSize(8760 - expected.size());
  }

  @Test
  void plan_weeksAroundNewYear_followTheIsoCalendar() {
    RetentionSettings weekly = new RetentionSettings(0, 0, 9, 0, 0, 0, 0, 1);
    assertThat(
            keptOf(
                plan(
                    weekly,
                    // 2020 has 53 weeks: Monday 28 December to Sunday 3 January are one.
                    "2020-12-27T23-59-59Z",
                    "2020-12-28T00-00-00Z",
                    "2020-12-31T12-00-00Z",
                    "2021-01-03T23-59-59Z",
                    "2021-01-04T00-00-00Z",
                    // Week 1 of 2025 begins on Monday 30 December 2024.
                    "2024-12-29T12-00-00Z",
                    "2024-12-30T12-00-00Z",
                    "2025-01-05T12-00-00Z")))
        .containsExactly(
            "2025-01-05T12-00-00Z weekly newest",
            "2024-12-29T12-00-00Z weekly",
            "2021-01-04T00-00-00Z weekly",
            "2021-01-03T23-59-59Z weekly",
            "2020-12-27T23-59-59Z weekly");
  }

  @Test
  void plan_incompleteOne_standsInForItsHourUntilACompleteOneIsThere() {
    RetentionSettings hourly = new RetentionSettings(3, 0, 0, 0, 0, 0, 0, 1);
    assertThat(
            keptOf(
                plan(
                    hourly,
                    "2026-01-01T10-00-00Z",
                    "2026-01-01T11-00-00Z",
                    "2026-01-01T12-00-00Z",
                    "2026-01-01T13-00-00Z incomplete",
                    "2026-01-01T14-00-00Z",
                    "2026-01-01T14-30-00Z incomplete",
                    "2026-01-01T15-00-00Z")))
        .containsExactly(
            "2026-01-01T15-00-00Z hourly newest",
            "2026-01-01T14-00-00Z hourly",
            "2026-01-01T13-00-00Z hourly",
            "2026-01-01T12-00-00Z hourly");
  }

  @Test
  void plan_incompleteOneInAnHourWhoseCompleteOneGoes_goesToo() {
    RetentionSettings hourly = new RetentionSettings(1, 0, 0, 0, 0, 0, 0, 1);
    assertThat(
            plan(
                    hourly,
                    "2026-01-01T10-00-00Z",
                    "2026-01-01T10-30-00Z incomplete",
                    "2026-01-01T11-00-00Z")
                .deletions())
        .extracting(SnapshotId::toString)
        .containsExactly("snap-2026-01-01T10-00-00Z", "snap-2026-01-01T10-30-00Z");
  }

  @Test
  void plan_incompleteOneThatIsTheNewest_staysBesideACompleteOneOfItsHour() {
    assertThat(
            keptOf(
                plan(
                    RetentionSettings.defaults(),
                    "2026-01-01T10-00-00Z",
                    "2026-01-01T10-30-00Z incomplete")))
        .contains("2026-01-01T10-30-00Z newest");
  }

  @Test
  void plan_everyTierOff_keepsTheMinimumAndWhatIsHeld() {
    RetentionSettings off = new RetentionSettings(0, 0, 0, 0, 0, 0, 0, 2);
    assertThat(
            keptOf(
                plan(
                    off,
                    "2026-01-01T10-00-00Z held",
                    "2026-01-02T10-00-00Z",
                    "2026-01-03T10-00-00Z incomplete",
                    "2026-01-04T10-00-00Z",
                    "2026-01-05T10-00-00Z")))
        .containsExactly("2026-01-05T10-00-00Z newest", "2026-01-01T10-00-00Z hold");
  }

  @Test
  void plan_takenOfDamagedData_countsAsNoGoodOne() {
    RetentionSettings off = new RetentionSettings(0, 0, 0, 0, 0, 0, 0, 2);
    assertThat(
            keptOf(
                plan(
                    off,
                    "2026-01-01T10-00-00Z",
                    "2026-01-02T10-00-00Z",
                    "2026-01-03T10-00-00Z loss",
                    "2026-01-04T10-00-00Z loss")))
        .containsExactly(
            "2026-01-04T10-00-00Z newest",
            "2026-01-02T10-00-00Z newest",
            "2026-01-01T10-00-00Z minimum_keep");
  }

  @Test
  void plan_writtenByANewerVersion_isKept() {
    RetentionSettings onlyTheMinimum = new RetentionSettings(0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(
            keptOf(
                plan(
                    onlyTheMinimum,
                    "2026-01-01T10-00-00Z unknown",
                    "2026-01-02T10-00-00Z",
                    "2026-01-03T10-00-00Z")))
        .containsExactly("2026-01-03T10-00-00Z newest", "2026-01-01T10-00-00Z unknown_format");
  }

  @Test
  void plan_nothing_isEmpty() {
    assertThat(plan(RetentionSettings.defaults()).decisions()).isEmpty();
  }

  private static RetentionPlan plan(RetentionSettings caps, String... snapshots) {
    return new RetentionRules(caps, InstantSource.fixed(Instant.parse("9999-01-01T00:00:00Z")))
        .plan(Stream.of(snapshots).map(RetentionRulesTest::candidate).toList());
  }

  private static Candidate candidate(String text) {
    String[] words = text.split(" ", -1);
    return new Candidate(
            SnapshotId.parse("snap-" + words[0]).orElseThrow(), state(text), text.contains("held"))
        .showing(text.contains("loss"));
  }

  private static SnapshotState state(String text) {
    if (text.contains("unknown")) {
      return SnapshotState.UNKNOWN;
    }
    return text.contains("incomplete") ? SnapshotState.INCOMPLETE : SnapshotState.COMPLETE;
  }

  private static List<String> keptOf(RetentionPlan plan) {
    return plan.decisions().stream()
        .filter(Decision::keep)
        .map(d -> d.id().toString().substring(5) + " " + String.join(" ", d.reasons()))
        .toList();
  }
}
