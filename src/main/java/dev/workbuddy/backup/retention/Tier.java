package dev.workbuddy.backup.retention;

import dev.workbuddy.backup.config.RetentionSettings;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** The tiers of the rolling bucket; each keeps the newest snapshot of every calendar period. */
enum Tier {
  HOURLY,
  DAILY,
  WEEKLY,
  MONTHLY,
  ANNUAL;

  /** The calendar period, in UTC, that a moment falls into; equal for moments of one period. */
  Object period(Instant moment) {
    LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    return switch (this) {
      case HOURLY -> utc.truncatedTo(ChronoUnit.HOURS);
      case DAILY -> utc.toLocalDate();
      case WEEKLY ->
          utc.get(IsoFields.WEEK_BASED_YEAR) * 100 + utc.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case MONTHLY -> utc.toLocalDate().withDayOfMonth(1);
      case ANNUAL -> utc.getYear();
    };
  }

  int cap(RetentionSettings settings) {
    return switch (this) {
      case HOURLY -> settings.hourly();
      case DAILY -> settings.daily();
      case WEEKLY -> settings.weekly();
      case MONTHLY -> settings.monthly();
      case ANNUAL -> settings.annual();
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
