package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.SnapshotId;
import org.jspecify.annotations.Nullable;

/**
 * Something lost between two looks; not yet an alarm, since one may be open for it.
 *
 * @param table null for a whole database
 * @param before the table's rows in the good snapshot; null for a database
 * @param now null for a database, and where the table is gone
 * @param peak the most rows that it had in the week before; null for a database
 * @param good the last good snapshot
 * @param remark what else people should know; for a database, what is wrong; may be empty
 * @param virtualTable the virtual table whose rows the table keeps; null for ordinary ones
 */
record Finding(
    AlarmKind kind,
    String database,
    @Nullable String table,
    @Nullable Long before,
    @Nullable Long now,
    @Nullable Long peak,
    String good,
    String remark,
    @Nullable String virtualTable) {

  static Finding ofDatabase(AlarmKind kind, String database, String good, String remark) {
    return new Finding(kind, database, null, null, null, null, good, remark, null);
  }

  Alarm raisedIn(SnapshotId snapshot) {
    return new Alarm(
        id(kind.word() + "\n" + database + "\n" + table + "\n" + snapshot),
        kind.word(),
        database,
        table,
        before,
        now,
        peak,
        good,
        snapshot.toString(),
        snapshot.time(),
        snapshot.time(),
        false,
        AlarmText.raised(this),
        null,
        virtualTable);
  }

  static String id(String text) {
    return Checksums.mark(text, 8);
  }

  /** Whether an open alarm says it already: it tells of a loss as large, of the same thing. */
  boolean isSaidBy(Alarm alarm) {
    if (!alarm.isOpen() || !database.equals(alarm.database())) {
      return false;
    }
    if (table == null || before == null) {
      return kind.is(alarm);
    }
    return table.equals(alarm.table()) && before <= most(alarm);
  }

  private static long most(Alarm alarm) {
    long had = alarm.rowsBefore() == null ? 0 : alarm.rowsBefore();
    return alarm.rowsPeak() == null ? had : Math.max(had, alarm.rowsPeak());
  }
}
