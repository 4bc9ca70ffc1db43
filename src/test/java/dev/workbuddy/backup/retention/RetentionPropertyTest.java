package dev.workbuddy.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.retention.RetentionPlan.Decision;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import dev.workbuddy.backup.testing.Seeds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every history and every configuration. */
class RetentionPropertyTest {
  private static final List<SnapshotState> STATES = List.of(SnapshotState.values());
  private static final long[] PACES = {300, 3_600, 20_000, 86_400, 700_000, 5_000_000};

  static LongStream seeds() {
    return Seeds.of(80);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_anyHistory_keepsWhatThePlainRulesKeep(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    assertThat(kept(plan(history, caps)))
        .containsExactlyInAnyOrderElementsOf(NaiveRetention.kept(history, caps));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_anyHistory_honoursItsPromises(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    RetentionPlan plan = plan(history, caps);
    Set<SnapshotId> kept = new HashSet<>(kept(plan));
    List<Candidate> good = history.stream().filter(Candidate::isGood).toList();
    List<Candidate> counted = good.stream().filter(c -> !c.id().agent()).toList();

    assertThat(plan.decisions()).hasSameSizeAs(history);
    assertThat(plan.decisions())
        .extracting(Decision::id)
        .isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(plan.deletions()).isSorted();
    good.stream()
        .map(Candidate::id)
        .max(Comparator.naturalOrder())
        .ifPresent(newest -> assertThat(kept).contains(newest));
    history.stream()
        .map(Candidate::id)
        .max(Comparator.naturalOrder())
        .ifPresent(newest -> assertThat(kept).contains(newest));
    assertThat(history).filteredOn(Candidate::held).allMatch(c -> kept.contains(c.id()));
    assertThat(counted.stream().filter(c -> kept.contains(c.id())).count())
        .isGreaterThanOrEqualTo(Math.min(counted.size(), caps.minimumKeep()));
    assertCapsRespected(history, plan, caps);
  }

  /** Good ones and others have caps of their own; a manual one never counts in a tier. */
  private static void assertCapsRespected(
      List<Candidate> history, RetentionPlan plan, RetentionSettings caps) {
    Map<String, Integer> capByReason =
        Map.of(
            "hourly", caps.hourly(),
            "daily", caps.daily(),
            "weekly", caps.weekly(),
            "monthly", caps.monthly(),
            "annual", caps.annual(),
            "manual", caps.manual(),
            "agent", caps.agent());
    Map<SnapshotId, Candidate> byId =
        history.stream().collect(Collectors.toMap(Candidate::id, candidate -> candidate));
    Map<String, Integer> used = new HashMap<>();
    for (Decision decision : plan.decisions()) {
      Candidate candidate = Objects.requireNonNull(byId.get(decision.id()));
      assertThat(decision.reasons()).doesNotHaveDuplicates();
      for (String reason : decision.reasons()) {
        if (capByReason.containsKey(reason)) {
          assertThat(reason.equals("manual")).isEqualTo(candidate.id().manual());
          assertThat(reason.equals("agent")).isEqualTo(candidate.id().agent());
          used.merge(reason + candidate.isGood(), 1, Integer::sum);
        }
      }
    }
    used.forEach(
        (reason, count) ->
            assertThat(count)
                .as(reason)
                .isLessThanOrEqualTo(capByReason.get(reason.replaceAll("true|false", ""))));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_withoutTheIncompleteOnes_keepsTheSameGoodOnes(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    List<Candidate> good = history.stream().filter(Candidate::isGood).toList();
    Set<SnapshotId> goodIds = good.stream().map(Candidate::id).collect(Collectors.toSet());
    assertThat(kept(plan(history, caps)))
        .filteredOn(goodIds::contains)
        .containsExactlyElementsOf(kept(plan(good, caps)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_withoutTheManualOnes_keepsTheSameInTheTiers(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    List<Candidate> rolling =
        history.stream().filter(c -> c.id().bucket() == SnapshotId.Bucket.ROLLING).toList();
    assertThat(tiers(plan(history, caps))).isEqualTo(tiers(plan(rolling, caps)));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_withoutThoseOfAgents_decidesTheSameOfAllOthers(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    List<Candidate> others = history.stream().filter(c -> !c.id().agent()).toList();
    assertThat(plan(history, caps).decisions())
        .filteredOn(decision -> !decision.id().agent())
        .extracting(Decision::id, Decision::keep)
        .containsExactlyElementsOf(
            plan(others, caps).decisions().stream()
                .map(decision -> tuple(decision.id(), decision.keep()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_anyHistory_boundsThoseOfAgents(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    long kept =
        plan(history, caps).decisions().stream()
            .filter(decision -> decision.id().agent() && decision.reasons().contains("agent"))
            .count();
    assertThat(kept).isLessThanOrEqualTo(2L * caps.agent());
  }

  private static Map<SnapshotId, List<String>> tiers(RetentionPlan plan) {
    List<String> tiers = List.of("hourly", "daily", "weekly", "monthly", "annual");
    return plan.decisions().stream()
        .filter(decision -> decision.reasons().stream().anyMatch(tiers::contains))
        .collect(
            Collectors.toMap(
                Decision::id, d -> d.reasons().stream().filter(tiers::contains).toList()));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_ofTheSurvivors_deletesNothing(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    Set<SnapshotId> kept = new HashSet<>(kept(plan(history, caps)));
    List<Candidate> survivors = history.stream().filter(c -> kept.contains(c.id())).toList();
    assertThat(plan(survivors, caps).deletions()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void plan_historyInAnyOrder_isTheSame(long seed) {
    Random random = new Random(seed);
    List<Candidate> history = history(random);
    RetentionSettings caps = caps(random);
    List<Candidate> shuffled = new ArrayList<>(history);
    Collections.shuffle(shuffled, random);
    assertThat(plan(shuffled, caps)).isEqualTo(plan(history, caps));
  }

  private static RetentionPlan plan(List<Candidate> history, RetentionSettings caps) {
    return new RetentionRules(caps, InstantSource.fixed(Instant.parse("9999-01-01T00:00:00Z")))
        .plan(history);
  }

  private static List<SnapshotId> kept(RetentionPlan plan) {
    return plan.decisions().stream().filter(Decision::keep).map(Decision::id).toList();
  }

  /**
   * Up to two thousand snapshots, dense or over many years, some seconds apart, across new years.
   */
  private static List<Candidate> history(Random random) {
    int count = random.nextInt(random.nextInt(10) == 0 ? 2_000 : 150);
    long pace = PACES[random.nextInt(PACES.length)];
    int oddOnes = 1 + random.nextInt(10);
    Map<SnapshotId, Candidate> history = new HashMap<>();
    Instant time = Instant.parse("2019-12-25T00:00:00Z").plusSeconds(random.nextInt(900_000));
    for (int i = 0; i < count; i++) {
      time = time.plusSeconds(1 + (long) (random.nextDouble() * 2 * pace));
      SnapshotId id = new SnapshotId(time, bucket(random));
      SnapshotState state =
          random.nextInt(10) < oddOnes
              ? STATES.get(random.nextInt(STATES.size()))
              : SnapshotState.COMPLETE;
      history.put(id, new Candidate(id, state, random.nextInt(25) == 0));
    }
    return List.copyOf(history.values());
  }

  private static SnapshotId.Bucket bucket(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> SnapshotId.Bucket.MANUAL;
      case 1 -> SnapshotId.Bucket.AGENT;
      default -> SnapshotId.Bucket.ROLLING;
    };
  }

  private static RetentionSettings caps(Random random) {
    return random.nextInt(4) == 0
        ? RetentionSettings.defaults()
        : new RetentionSettings(
            cap(random),
            cap(random),
            cap(random),
            cap(random),
            cap(random),
            cap(random),
            cap(random),
            1 + random.nextInt(6));
  }

  private static int cap(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> RetentionSettings.UNBOUNDED;
      default -> 1 + random.nextInt(30);
    };
  }
}
