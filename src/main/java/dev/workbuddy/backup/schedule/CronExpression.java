package dev.workbuddy.backup.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A cron expression of five fields, or one of the usual nicknames. It speaks of what clocks on the
 * wall show; which moments those are is {@link Timetable}'s business.
 */
final class CronExpression {
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /** From here on each date of the calendar comes within the time that is searched. */
  private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

  private final ExecutionTime times;

  private CronExpression(ExecutionTime times) {
    this.times = times;
  }

  /**
   * Understands an expression.
   *
   * @throws UnusableJobException where it is none, or names no date that ever comes
   */
  static CronExpression parse(String text) throws UnusableJobException {
    String expression = NICKNAMES.getOrDefault(text.strip(), text.strip());
    CronExpression cron;
    try {
      cron = new CronExpression(ExecutionTime.forCron(parser().parse(expression)));
    } catch (IllegalArgumentException e) {
      throw new UnusableJobException("schedule: not a cron expression: " + reason(e));
    }
    if (cron.after(ANY_TIME).isEmpty()) {
      throw new UnusableJobException("schedule: " + text + " is a date that never comes");
    }
    return cron;
  }

  /** The first time on the wall after the given one. */
  Optional<LocalDateTime> after(LocalDateTime time) {
    return times.nextExecution(onAnEvenDay(time)).map(ZonedDateTime::toLocalDateTime);
  }

  boolean matches(LocalDateTime time) {
    return times.isMatch(onAnEvenDay(time));
  }

  /** A zone in which every time on the wall comes once. */
  private static ZonedDateTime onAnEvenDay(LocalDateTime time) {
    return time.atZone(ZoneOffset.UTC);
  }

  private static CronParser parser() {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
  }

  private static String reason(IllegalArgumentException e) {
    return String.valueOf(e.getMessage()).replace("Failed to parse cron expression. ", "");
  }
}
