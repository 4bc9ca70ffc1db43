package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.config.GuardSettings;
import dev.workbuddy.backup.config.GuardSettings.Limits;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares one table with its past.
 *
 * @param past the database's earlier states, newest first; the first one has the table
 */
record TableComparison(
    String database, String table, DatabaseState now, List<DatabaseState> past, Limits limits) {
  private static final Duration TREND = Duration.ofDays(7);

  /** A step that took one part in so many of all that is gone is a loss of its own. */
  private static final long LOSS = 10;

  /** Counts above this are treated as equal, so that no product overflows. */
  private static final long MOST = Long.MAX_VALUE / 100;

  /** Whether a table lost more than its limit, and had enough rows to be judged by them. */
  static boolean isTooMuch(long before, long now, Limits limits) {
    long had = Math.min(before, MOST);
    long lost = had - Math.min(now, had);
    return before >= limits.minRows() && lost * 100 > had * limits.maxShrinkPercent();
  }

  /** What is lost, if anything looks so. */
  Optional<Finding> finding() {
    Long rows = now.rows().get(table);
    if (rows == null) {
      return isGone() && !isMigrated()
          ? Optional.of(found(AlarmKind.TABLE_GONE, last(), null, renamed()))
          : Optional.empty();
    }
    if (isTooMuch(rows(last()), rows, limits) || isEmptied(rows)) {
      return Optional.of(found(AlarmKind.TABLE_SHRUNK, beforeFirstLoss(rows), rows, migrated()));
    }
    return isTooMuch(rows(best()), rows, limits)
        ? Optional.of(found(AlarmKind.TABLE_ERODED, beforeFirstLoss(rows), rows, ""))
        : Optional.empty();
  }

  /** However few rows it had; a table that comes and goes was empty before in the same week. */
  private boolean isEmptied(long rows) {
    return rows == 0
        && limits.maxShrinkPercent() < GuardSettings.EVERYTHING
        && window().allMatch(state -> rows(state) > 0);
  }

  /**
   * The newest state from before the first of the losses that add up to what is gone. A step counts
   * as one that took a tenth of that; fewer rows are the usual coming and going, and without any
   * such step the most that there ever was is what was lost, bit by bit.
   */
  private DatabaseState beforeFirstLoss(long rows) {
    DatabaseState best = best();
    long share = Math.max(1, (rows(best) - rows) / LOSS);
    DatabaseState good = null;
    long mostSince = rows;
    for (DatabaseState state : past.subList(0, past.indexOf(best) + 1)) {
      if (rows(state) - mostSince >= share) {
        good = state;
      }
      mostSince = Math.max(mostSince, rows(state));
    }
    return good == null ? best : good;
  }

  /** What a migration took with it. */
  Optional<String> note() {
    return isGone() && isMigrated()
        ? Optional.of(
            "%s.%s is gone, with its %s rows in %s: %s"
                .formatted(
                    database, table, AlarmText.number(rows(last())), last().snapshot(), migrated()))
        : Optional.empty();
  }

  private boolean isGone() {
    return !now.rows().containsKey(table)
        && rows(last()) > 0
        && limits.maxShrinkPercent() < GuardSettings.EVERYTHING;
  }

  private boolean isMigrated() {
    return now.schemaVersion() > last().schemaVersion();
  }

  private DatabaseState last() {
    return past.getFirst();
  }

  /** The newest of those with the most rows within the last week; the last one at any age. */
  private DatabaseState best() {
    return window()
        .max(Comparator.comparingLong(this::rows).thenComparing(DatabaseState::at))
        .orElse(last());
  }

  private Stream<DatabaseState> window() {
    return Stream.concat(
        Stream.of(last()),
        past.stream().skip(1).filter(state -> !state.at().isBefore(now.at().minus(TREND))));
  }

  private long rows(DatabaseState state) {
    return state.rows().getOrDefault(table, 0L);
  }

  private Finding found(AlarmKind kind, DatabaseState good, @Nullable Long rows, String remark) {
    return new Finding(
        kind,
        database,
        table,
        rows(good),
        rows,
        rows(best()),
        good.snapshot(),
        remark,
        last().keptFor(table).orElse(null));
  }

  private String migrated() {
    return isMigrated()
        ? "it was migrated from schema version %d to %d"
            .formatted(last().schemaVersion(), now.schemaVersion())
        : "";
  }

  private String renamed() {
    Limits part = new Limits(limits.maxShrinkPercent(), 0);
    return now.rows().entrySet().stream()
        .filter(other -> !last().rows().containsKey(other.getKey()))
        .filter(other -> !isTooMuch(rows(last()), other.getValue(), part))
        .map(Map.Entry::getKey)
        .findFirst()
        .map(name -> "the table " + name + " is new: perhaps it was renamed")
        .orElse("");
  }
}
