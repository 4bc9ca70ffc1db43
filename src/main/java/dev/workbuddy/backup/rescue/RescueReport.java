package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.rescue.RescueResult.Conflict;
import dev.workbuddy.backup.rescue.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.rescue.RescueResult.Forbidden;
import dev.workbuddy.backup.rescue.RescueResult.Orphan;
import dev.workbuddy.backup.rescue.RescueResult.Recreated;
import dev.workbuddy.backup.rescue.RescueResult.TableRescue;
import dev.workbuddy.backup.rescue.RowRestorer.Written;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Says of one database what comes back and what does not.
 *
 * @param tables parents first
 */
record RescueReport(
    String database, RescueOptions options, List<RowsToRestore> tables, LeftTables leftOut) {

  /**
   * The state of things.
   *
   * @param written what came back so far
   * @param recreated what is made again, or was
   * @param changes whether anybody looked for rows that differ
   */
  DatabaseRescue of(Map<RowsToRestore, Written> written, List<Recreated> recreated, boolean changes)
      throws SQLException {
    List<TableRescue> described = new ArrayList<>();
    for (RowsToRestore rows : tables) {
      if (!rows.isLeft()) {
        described.add(describe(rows, written.getOrDefault(rows, Written.NOTHING), changes));
      }
    }
    return new DatabaseRescue(database, described, leftOut.all(), recreated);
  }

  private TableRescue describe(RowsToRestore rows, Written done, boolean changes)
      throws SQLException {
    TableMapping mapping = rows.mapping();
    RowSet missing = rows.missing();
    long changed = rows.changed().count();
    return new TableRescue(
        mapping.live().name(),
        missing.count(),
        changes ? (Long) changed : null,
        options.includeChanged() && changed > 0,
        done.restored(),
        done.overwritten(),
        done.replaced(),
        missing.conflicts(),
        options.overwrite(),
        missing.doubtful(),
        missing.lacking(),
        missing.forbidden(),
        mapping.onlyOld(),
        mapping.onlyLive(),
        missing.samples(),
        missing.conflicting().stream().map(l -> new Conflict(l.why(), l.row())).toList(),
        missing.orphaned().stream().map(l -> new Orphan(l.why(), l.row())).toList(),
        missing.forbidding().stream().map(l -> new Forbidden(l.why(), l.row())).toList());
  }
}
