package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.config.JobDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A job that can be run: its schedule is possible, and its capability takes its parameters. */
public final class Job {
  private final JobDefinition definition;
  private final Timetable timetable;
  private final Duration shift;

  private Job(JobDefinition definition, Timetable timetable, Duration shift) {
    this.definition = definition;
    this.timetable = timetable;
    this.shift = shift;
  }

  /**
   * Makes sense of a job file.
   *
   * @param zone the machine's time zone
   * @param machine its name, which decides where within its jitter the job is due here
   */
  static Job of(JobDefinition definition, ZoneId zone, String machine) throws UnusableJobException {
    CronExpression cron = CronExpression.parse(definition.schedule());
    ZoneId meant = definition.zone() == null ? zone : definition.zone();
    int among = (int) definition.jitter().toSeconds() + 1;
    int shift = Math.floorMod((machine + '/' + definition.name()).hashCode(), among);
    return new Job(definition, new Timetable(cron, meant), Duration.ofSeconds(shift));
  }

  public String name() {
    return definition.name();
  }

  /** The cron expression, as written. */
  public String schedule() {
    return definition.schedule();
  }

  public boolean enabled() {
    return definition.enabled();
  }

  /** False for a job that runs once. */
  public boolean recurring() {
    return definition.recurring();
  }

  /** The name of the capability that it calls. */
  public String capability() {
    return definition.capability();
  }

  /** The capability's parameters; not to be changed. */
  public JsonNode params() {
    return definition.params();
  }

  /** When it is due next, counted from a moment. */
  public Optional<Instant> due(Instant countedFrom) {
    return nextAfter(countedFrom);
  }

  /**
   * The moment to count from. A remembered one that lies ahead was written before the clock was set
   * back, and counts no more; unless only one run lies in between, which was had already.
   */
  public Instant countFrom(Instant remembered, Instant now) {
    if (!remembered.isAfter(now)) {
      return remembered;
    }
    Optional<Instant> second = nextAfter(now).flatMap(this::nextAfter);
    return second.filter(remembered::isBefore).isPresent() ? remembered : now;
  }

  private Optional<Instant> nextAfter(Instant moment) {
    return timetable.nextAfter(moment.minus(shift)).map(due -> due.plus(shift));
  }
}
