package dev.workbuddy.backup.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which a cron expression is due in a time zone. A pure function of both.
 *
 * <p>Where clocks are moved, a time on the wall is left out or comes twice. If the expression is
 * due as far before and after it as clocks are moved, it means a rhythm ("every hour"), and goes on
 * undisturbed. Otherwise it means a time of the day: that is due once, at its first coming, or at
 * the moment when it was left out.
 */
final class Timetable {
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  private final CronExpression cron;
  private final ZoneId zone;

  Timetable(CronExpression cron, ZoneId zone) {
    this.cron = cron;
    this.zone = zone;
  }

  /** The first moment after the given one; empty where the calendar ends before. */
  Optional<Instant> nextAfter(Instant moment) {
    Instant from = moment;
    LocalDateTime wall = LocalDateTime.ofInstant(moment, zone);
    while (cron.after(wall).isPresent()) {
      ZoneOffset offset = zone.getRules().getOffset(from);
      ZoneOffsetTransition change = zone.getRules().nextTransition(from);
      Optional<Instant> due = between(wall, offset, change);
      if (due.isPresent() || change == null) {
        return due;
      }
      if (leavesOut(change)) {
        return Optional.of(change.getInstant());
      }
      from = change.getInstant();
      wall = change.getDateTimeAfter().minus(A_SECOND);
    }
    return Optional.empty();
  }

  /** The first moment before clocks are moved. */
  private Optional<Instant> between(
      LocalDateTime wall, ZoneOffset offset, @Nullable ZoneOffsetTransition change) {
    Optional<LocalDateTime> next = cron.after(wall);
    while (next.isPresent()) {
      Instant due = next.get().toInstant(offset);
      if (change != null && !due.isBefore(change.getInstant())) {
        return Optional.empty();
      }
      if (!wasDueAlready(next.get(), offset)) {
        return Optional.of(due);
      }
      next = cron.after(next.get());
    }
    return Optional.empty();
  }

  /** Whether it is the second coming of a time of the day. */
  private boolean wasDueAlready(LocalDateTime time, ZoneOffset offset) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    return change != null
        && change.isOverlap()
        && offset.equals(change.getOffsetAfter())
        && !isRhythm(time, change.getDuration().negated());
  }

  /** Whether a time of the day is left out. */
  private boolean leavesOut(ZoneOffsetTransition change) {
    if (!change.isGap()) {
      return false;
    }
    Optional<LocalDateTime> time = cron.after(change.getDateTimeBefore().minus(A_SECOND));
    while (time.isPresent() && time.get().isBefore(change.getDateTimeAfter())) {
      if (!isRhythm(time.get(), change.getDuration())) {
        return true;
      }
      time = cron.after(time.get());
    }
    return false;
  }

  private boolean isRhythm(LocalDateTime time, Duration moved) {
    return cron.matches(time.minus(moved)) && cron.matches(time.plus(moved));
  }
}
