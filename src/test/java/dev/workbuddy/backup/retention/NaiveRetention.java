package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.snapshot.SnapshotId;
import dev.workbuddy.backup.snapshot.SnapshotState;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Comparator;
import java.util.GregorianCalendar;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;

/**
 * The retention rules told again in the plainest way: periods are cut out of the id's text (weeks
 * asked of the old calendar), and every list is walked from its end. Slow, and nothing in common
 * with the rules under test.
 */
final class NaiveRetention {
  private NaiveRetention() {}

  static Set<SnapshotId> kept(List<Candidate> history, RetentionSettings caps) {
    List<Candidate> agents = history.stream().filter(c -> c.id().agent()).toList();
    Set<SnapshotId> keep = keptOfOthers(history, caps);
    List<Candidate> newestFirst = new ArrayList<>(agents);
    newestFirst.sort((a, b) -> b.id().toString().compareTo(a.id().toString()));
    int good = 0;
    int other = 0;
    for (Candidate candidate : newestFirst) {
      boolean inBucket = (candidate.isGood() ? ++good : ++other) <= caps.agent();
      if (inBucket || candidate.held() || candidate.state() == SnapshotState.UNKNOWN) {
        keep.add(candidate.id());
      }
    }
    history.stream().map(Candidate::id).max(Comparator.naturalOrder()).ifPresent(keep::add);
    history.stream()
        .filter(Candidate::isGood)
        .map(Candidate::id)
        .max(Comparator.naturalOrder())
        .ifPresent(keep::add);
    return keep;
  }

  private static Set<SnapshotId> keptOfOthers(List<Candidate> all, RetentionSettings caps) {
    List<Candidate> history = all.stream().filter(c -> !c.id().agent()).toList();
    TreeSet<SnapshotId> keep = new TreeSet<>();
    int[] cap = {caps.hourly(), caps.daily(), caps.weekly(), caps.monthly(), caps.annual()};
    List<Candidate> newestFirst = new ArrayList<>(history);
    newestFirst.sort((a, b) -> b.id().toString().compareTo(a.id().toString()));
    for (int tier = 0; tier < cap.length; tier++) {
      keepTier(newestFirst, tier, cap[tier], keep);
    }
    int goodManual = 0;
    int otherManual = 0;
    for (Candidate candidate : newestFirst) {
      if (candidate.id().manual()
          && (candidate.isGood() ? ++goodManual : ++otherManual) <= caps.manual()) {
        keep.add(candidate.id());
      }
      if (candidate.held() || candidate.state() == SnapshotState.UNKNOWN) {
        keep.add(candidate.id());
      }
    }
    if (!newestFirst.isEmpty()) {
      keep.add(newestFirst.getFirst().id());
    }
    newestFirst.stream().filter(Candidate::isGood).findFirst().ifPresent(c -> keep.add(c.id()));
    for (Candidate candidate : newestFirst) {
      long good = newestFirst.stream().filter(c -> c.isGood() && keep.contains(c.id())).count();
      if (good < caps.minimumKeep() && candidate.isGood()) {
        keep.add(candidate.id());
      }
    }
    return keep;
  }

  private static void keepTier(
      List<Candidate> newestFirst, int tier, int cap, Set<SnapshotId> keep) {
    Set<String> withGood = new HashSet<>();
    String lastKept = "";
    for (Candidate candidate : newestFirst) {
      if (!candidate.id().manual()
          && candidate.isGood()
          && withGood.add(period(candidate.id(), tier))
          && withGood.size() <= cap) {
        keep.add(candidate.id());
        if (withGood.size() == cap) {
          lastKept = candidate.id().toString();
        }
      }
    }
    Set<String> withOther = new HashSet<>();
    for (Candidate candidate : newestFirst) {
      String period = period(candidate.id(), tier);
      if (!candidate.id().manual()
          && !withGood.contains(period)
          && candidate.id().toString().compareTo(lastKept) > 0
          && withOther.add(period)
          && withOther.size() <= cap) {
        keep.add(candidate.id());
      }
    }
  }

  /** "snap-2026-11-22T13-00-00Z" begins with its year, month, day and hour. */
  static String period(SnapshotId id, int tier) {
    String text = id.toString();
    return switch (tier) {
      case 0 -> text.substring(0, "snap-2026-11-22T13".length());
      case 1 -> text.substring(0, "snap-2026-11-22".length());
      case 2 -> isoWeek(id);
      case 3 -> text.substring(0, "snap-2026-11".length());
      default -> text.substring(0, "snap-2026".length());
    };
  }

  @SuppressWarnings("JavaUtilDate") // On purpose another calendar than the one under test.
  private static String isoWeek(SnapshotId id) {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    calendar.setMinimalDaysInFirstWeek(4);
    calendar.setFirstDayOfWeek(Calendar.MONDAY);
    calendar.setTimeInMillis(id.time().toEpochMilli());
    return calendar.getWeekYear() + "-W" + calendar.get(Calendar.WEEK_OF_YEAR);
  }
}
