package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.util.Map;
import java.util.Objects;

/** Brings open alarms up to what a new snapshot shows. None is closed by it: a person does that. */
record AlarmUpdate(SnapshotId id, Map<String, DatabaseState> states, History history) {

  Alarm of(Alarm alarm) {
    String database = alarm.database();
    if (!alarm.isOpen() || database == null) {
      return alarm;
    }
    DatabaseState now = states.get(database);
    if (alarm.table() != null) {
      return now == null ? alarm : ofTable(alarm, alarm.table(), now);
    }
    boolean recovered = now != null && isItself(alarm, database, now);
    return alarm.seen(id.time(), null, recovered, alarm.detail());
  }

  private Alarm ofTable(Alarm alarm, String table, DatabaseState now) {
    Long rows = now.rows().get(table);
    long before = alarm.rowsBefore() == null ? 0 : alarm.rowsBefore();
    String detail =
        Objects.equals(rows, alarm.rowsNow()) ? alarm.detail() : AlarmText.ofTable(alarm, rows);
    return alarm.seen(id.time(), rows, rows != null && rows >= before, detail);
  }

  private boolean isItself(Alarm alarm, String database, DatabaseState now) {
    if (!AlarmKind.DATABASE_REPLACED.is(alarm)) {
      return true;
    }
    return history.of(database).stream()
        .filter(state -> state.snapshot().equals(alarm.goodSnapshot()))
        .findFirst()
        .map(good -> Comparison.replaced(good, now).isEmpty())
        .orElse(alarm.recovered());
  }
}
