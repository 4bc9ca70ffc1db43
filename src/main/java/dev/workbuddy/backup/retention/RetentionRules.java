package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which snapshots stay. A pure function of the ids, their states and the caps: no file's
 * date has a say, so every copy of a history comes to the same decision.
 *
 * <p>The clock is asked for one thing alone: snapshots that are dated after it stay, and are
 * counted nowhere. Either their dates are wrong, or the clock is now.
 *
 * <p>Snapshots that an agent asked for have a bucket of their own and are counted nowhere else:
 * what becomes of the others is the same with and without them.
 *
 * <p>Incomplete and damaged snapshots never take a complete one's place: they are kept, as evidence
 * and as a last resort, only for periods that have no complete snapshot, under caps of their own.
 */
public final class RetentionRules {
  /** Clocks of several machines differ; of so little nobody need speak. */
  private static final Duration TOLERANCE = Duration.ofMinutes(10);

  private final RetentionSettings settings;
  private final InstantSource clock;

  public RetentionRules(RetentionSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether a snapshot's date lies in the future. */
  public static boolean isDatedAhead(SnapshotId id, Instant now) {
    return id.time().isAfter(now.plus(TOLERANCE));
  }

  public RetentionPlan plan(Collection<Candidate> candidates) {
    Instant now = clock.instant();
    Map<Boolean, List<Candidate>> sorted =
        candidates.stream()
            .sorted(Comparator.comparing(Candidate::id).reversed())
            .collect(Collectors.partitioningBy(each -> isDatedAhead(each.id(), now)));
    List<Candidate> newestFirst = sorted.getOrDefault(false, List.of());
    Map<SnapshotId, List<String>> reasons = new TreeMap<>(Comparator.reverseOrder());
    candidates.forEach(candidate -> reasons.put(candidate.id(), new ArrayList<>()));
    sorted.getOrDefault(true, List.of()).forEach(ahead -> reason(reasons, ahead, "future"));

    List<Candidate> ours = newestFirst.stream().filter(c -> !c.id().agent()).toList();
    keepTiers(ours, reasons);
    keepBucket("manual", settings.manual(), ours.stream().filter(c -> c.id().manual()), reasons);
    keepBucket(
        "agent", settings.agent(), newestFirst.stream().filter(c -> c.id().agent()), reasons);
    keepHeld(newestFirst, reasons);
    keepNewest(ours, reasons);
    keepNewest(newestFirst, reasons);
    keepNewest(takenLastFirst(candidates), reasons);
    keepUnknown(newestFirst, reasons);
    keepMinimum(ours, reasons);

    return new RetentionPlan(
        reasons.entrySet().stream()
            .map(entry -> new RetentionPlan.Decision(entry.getKey(), entry.getValue()))
            .toList());
  }

  /** The clock may have fallen back since others were taken. */
  private static List<Candidate> takenLastFirst(Collection<Candidate> candidates) {
    return candidates.stream()
        .filter(candidate -> !candidate.id().agent())
        .sorted(Comparator.comparingLong(Candidate::turn).thenComparing(Candidate::id).reversed())
        .toList();
  }

  private void keepTiers(List<Candidate> newestFirst, Map<SnapshotId, List<String>> reasons) {
    List<Candidate> rolling = newestFirst.stream().filter(c -> !c.id().manual()).toList();
    for (Tier tier : Tier.values()) {
      if (tier.cap(settings) > 0) {
        keepTier(tier, rolling, reasons);
      }
    }
  }

  /**
   * The good ones reach back as many periods as the cap allows. Others stand in for periods that
   * never had a good one, no further back than that: so what one sweep keeps, the next keeps too.
   */
  private void keepTier(Tier tier, List<Candidate> rolling, Map<SnapshotId, List<String>> reasons) {
    int cap = tier.cap(settings);
    Map<Object, Candidate> good = newestByPeriod(tier, rolling.stream().filter(Candidate::isGood));
    List<Candidate> kept = good.values().stream().limit(cap).toList();
    List<Candidate> others =
        newestByPeriod(tier, rolling.stream().filter(c -> !good.containsKey(period(tier, c))))
            .values()
            .stream()
            .filter(c -> kept.size() < cap || c.id().compareTo(kept.getLast().id()) > 0)
            .limit(cap)
            .toList();
    kept.forEach(candidate -> reason(reasons, candidate, tier.word()));
    others.forEach(candidate -> reason(reasons, candidate, tier.word()));
  }

  private static Map<Object, Candidate> newestByPeriod(Tier tier, Stream<Candidate> newestFirst) {
    Map<Object, Candidate> newest = new LinkedHashMap<>();
    newestFirst.forEach(candidate -> newest.putIfAbsent(period(tier, candidate), candidate));
    return newest;
  }

  private static Object period(Tier tier, Candidate candidate) {
    return tier.period(candidate.id().time());
  }

  private static void keepBucket(
      String word, int cap, Stream<Candidate> newestFirst, Map<SnapshotId, List<String>> reasons) {
    List<Candidate> asked = newestFirst.toList();
    for (boolean good : new boolean[] {true, false}) {
      asked.stream()
          .filter(candidate -> candidate.isGood() == good)
          .limit(cap)
          .forEach(candidate -> reason(reasons, candidate, word));
    }
  }

  private static void keepHeld(List<Candidate> newestFirst, Map<SnapshotId, List<String>> reasons) {
    newestFirst.stream()
        .filter(Candidate::held)
        .forEach(candidate -> reason(reasons, candidate, "hold"));
  }

  /** The newest of all, or a run that could save only some would delete what it just saved. */
  private static void keepNewest(
      List<Candidate> newestFirst, Map<SnapshotId, List<String>> reasons) {
    Stream.concat(
            newestFirst.stream().limit(1), newestFirst.stream().filter(Candidate::isGood).limit(1))
        .distinct()
        .forEach(candidate -> reason(reasons, candidate, "newest"));
  }

  /** What a newer version wrote can be judged only by a newer version. */
  private static void keepUnknown(
      List<Candidate> newestFirst, Map<SnapshotId, List<String>> reasons) {
    newestFirst.stream()
        .filter(candidate -> candidate.state() == SnapshotState.UNKNOWN)
        .forEach(candidate -> reason(reasons, candidate, "unknown_format"));
  }

  /** Keeps the newest good snapshots up to the minimum, even beyond the caps. */
  private void keepMinimum(List<Candidate> newestFirst, Map<SnapshotId, List<String>> reasons) {
    List<Candidate> good = newestFirst.stream().filter(Candidate::isGood).toList();
    long kept = good.stream().filter(candidate -> isKept(reasons, candidate)).count();
    good.stream()
        .filter(candidate -> !isKept(reasons, candidate))
        .limit(Math.max(0, settings.minimumKeep() - kept))
        .toList()
        .forEach(candidate -> reason(reasons, candidate, "minimum_keep"));
  }

  private static boolean isKept(Map<SnapshotId, List<String>> reasons, Candidate candidate) {
    return !reasons.getOrDefault(candidate.id(), List.of()).isEmpty();
  }

  private static void reason(
      Map<SnapshotId, List<String>> reasons, Candidate candidate, String reason) {
    List<String> all = reasons.computeIfAbsent(candidate.id(), id -> new ArrayList<>());
    if (!all.contains(reason)) {
      all.add(reason);
    }
  }
}
