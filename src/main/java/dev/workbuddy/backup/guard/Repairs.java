package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

  AlarmRegister in(AlarmRegister register) {
    return register.withEach(
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
  static List<String> reopened(AlarmRegister before, AlarmRegister after) {
    Set<Alarm> known = Set.copyOf(before.open());
    return after.open().stream()
        .filter(alarm -> !known.contains(alarm))
        .map(
            alarm ->
                "the alarm about %s is open again: %s".formatted(alarm.subject(), alarm.detail()))
        .toList();
  }
}
