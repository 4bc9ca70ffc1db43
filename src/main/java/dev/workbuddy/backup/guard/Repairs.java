package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Closes alarms whose loss was made good, with a record of what did it. The good snapshot stays
 * held: a person may want it still.
 *
 * @param isMadeGood whether what an open alarm tells of is back
 * @param word the record
 */
record Repairs(Predicate<Alarm> isMadeGood, Alarm.Ack word) {

  /**
   * A snapshot took the place of databases. Its counts were proven before.
   *
   * @param databases by logical name
   */
  static Repairs byRestore(StoredSnapshot snapshot, Collection<String> databases, Instant at) {
    return new Repairs(
        alarm -> databases.contains(alarm.database()) && isBackWith(snapshot, alarm),
        word("restore", "the restore of " + snapshot.id() + " brought it back", at));
  }

  /** Rows of a snapshot were brought back, and those of the live tables were counted afterwards. */
  static Repairs byRescue(
      String snapshot, Map<String, Map<String, Long>> rows, LocalStore store, Instant at)
      throws IOException {
    List<StoredSnapshot> stored = store.list();
    return new Repairs(
        alarm ->
            isBack(alarm, rows.getOrDefault(String.valueOf(alarm.database()), Map.of()), stored),
        word("rescue", "the rescue from " + snapshot + " brought it back", at));
  }

  private static boolean isBack(Alarm alarm, Map<String, Long> now, List<StoredSnapshot> stored) {
    if (alarm.table() != null) {
      return alarm.rowsBefore() != null
          && now.getOrDefault(alarm.table(), 0L) >= alarm.rowsBefore();
    }
    return AlarmKind.DATABASE_WENT_BACK.is(alarm)
        && stored.stream()
            .filter(snapshot -> snapshot.id().toString().equals(alarm.goodSnapshot()))
            .flatMap(good -> History.state(good, String.valueOf(alarm.database())).stream())
            .anyMatch(good -> hasAll(now, good.rows()));
  }

  private static boolean hasAll(Map<String, Long> now, Map<String, Long> before) {
    return before.entrySet().stream()
        .allMatch(table -> now.getOrDefault(table.getKey(), 0L) >= table.getValue());
  }

  private static Alarm.Ack word(String by, String why, Instant at) {
    return new Alarm.Ack(by, why, at, true, true);
  }

  private static boolean isBackWith(StoredSnapshot snapshot, Alarm alarm) {
    String table = alarm.table();
    Long before = alarm.rowsBefore();
    if (table == null || before == null) {
      return snapshot.id().time().isBefore(alarm.raisedAt());
    }
    return Optional.ofNullable(alarm.database())
        .flatMap(database -> History.state(snapshot, database))
        .filter(state -> state.rows().getOrDefault(table, 0L) >= before)
        .isPresent();
  }

  AlarmLog in(AlarmLog log) {
    return log.withEach(
        alarm -> alarm.isOpen() && isMadeGood.test(alarm) ? alarm.acknowledged(word) : alarm);
  }

  /** An alarm once the restore was taken back that began at a moment: open, if that closed it. */
  static Alarm undone(Alarm alarm, Collection<String> databases, Instant restoredAt) {
    Alarm.Ack ack = alarm.ack();
    boolean closedByIt =
        ack != null
            && ack.repaired()
            && !ack.at().isBefore(restoredAt)
            && databases.contains(alarm.database());
    return closedByIt ? alarm.reopened() : alarm;
  }

  /** What was closed and is open again, in sentences for the user. */
  static List<String> reopened(AlarmLog before, AlarmLog after) {
    Set<Alarm> known = Set.copyOf(before.open());
    return after.open().stream()
        .filter(alarm -> !known.contains(alarm))
        .map(
            alarm ->
                "the alarm about %s is open again: %s".formatted(alarm.subject(), alarm.detail()))
        .toList();
  }
}
