package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.snapshot.Alarm;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Alarms in sentences for people. */
final class AlarmText {
  private AlarmText() {}

  static String raised(Finding finding) {
    String subject = finding.database() + (finding.table() == null ? "" : "." + finding.table());
    String sentence =
        finding.before() == null
            ? subject + " " + finding.remark()
            : rows(subject, finding.before(), finding.now(), finding.good(), finding.kind());
    if (finding.virtualTable() != null) {
      sentence += keeps(finding.table(), finding.virtualTable());
    }
    boolean more = finding.before() != null && !finding.remark().isEmpty();
    return more ? sentence + "; " + finding.remark() : sentence;
  }

  /** After a later look at the same table. */
  static String ofTable(Alarm alarm, @Nullable Long now) {
    long before = alarm.rowsBefore() == null ? 0 : alarm.rowsBefore();
    if (now != null && now >= before) {
      return "%s has %s rows again; %s had %s"
          .formatted(alarm.subject(), number(now), alarm.goodSnapshot(), number(before));
    }
    AlarmKind kind =
        AlarmKind.TABLE_ERODED.is(alarm) ? AlarmKind.TABLE_ERODED : AlarmKind.TABLE_SHRUNK;
    String sentence =
        rows(
            alarm.subject(),
            before,
            now,
            alarm.goodSnapshot() == null ? "" : alarm.goodSnapshot(),
            kind);
    return alarm.virtualTable() == null
        ? sentence
        : sentence + keeps(alarm.table(), alarm.virtualTable());
  }

  private static String keeps(@Nullable String table, String virtualTable) {
    return virtualTable.equals(table)
        ? "; it is a full-text index of documents that no table has"
        : "; it keeps the rows of the virtual table " + virtualTable;
  }

  private static String rows(
      String subject, long before, @Nullable Long now, String good, AlarmKind kind) {
    if (now == null) {
      return "the table %s is gone; it had %s rows in %s".formatted(subject, number(before), good);
    }
    String when = kind == AlarmKind.TABLE_ERODED ? "within the last week" : "before";
    return "%s has %s rows; %s it had %s (%s): %s are gone"
        .formatted(subject, number(now), when, number(before), good, percent(before, now));
  }

  private static String percent(long before, long now) {
    double lost = 100.0 * ((double) before - now) / before;
    return String.format(Locale.ROOT, lost > 99 && now > 0 ? "%.2f %%" : "%.0f %%", lost);
  }

  static String number(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }
}
