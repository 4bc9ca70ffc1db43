package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.rescue.RowRestorer.Written;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.RowSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides what comes back into transactions that a writer can wait for. Parents come first, so that
 * each commit is whole in itself, and a rescue that ends early can be repeated.
 */
final class RescueBatches {
  /** SQLite lets those who wait look for the lock ten times a second: this is their turn. */
  private static final Duration BETWEEN = Duration.ofMillis(150);

  /** Trees come back from their roots in so many rounds; what is left is a circle of rows. */
  private static final int MOST_ROUNDS = 50;

  private final Connection connection;
  private final RescueTransaction transaction;
  private final ParentCheck parentCheck;
  private final RescueOptions options;
  private final Pace pace;
  private final Sleeper sleeper;
  private final Progress progress;
  private final String database;
  private final LeftTables left;
  private final Map<RowsToRestore, Written> committed = new HashMap<>();
  private final Map<RowsToRestore, Written> open = new HashMap<>();
  private boolean begun;

  /**
   * For one database.
   *
   * @param sleeper between transactions
   * @param database its logical name
   * @param left takes tables that cannot be written
   */
  RescueBatches(
      Connection connection,
      RescueTransaction transaction,
      ParentCheck parentCheck,
      RescueOptions options,
      Pace pace,
      Sleeper sleeper,
      Progress progress,
      String database,
      LeftTables left) {
    this.connection = connection;
    this.transaction = transaction;
    this.parentCheck = parentCheck;
    this.options = options;
    this.pace = pace;
    this.sleeper = sleeper;
    this.progress = progress;
    this.database = database;
    this.left = left;
  }

  /** What was committed so far; also where {@link #run} failed. */
  Map<RowsToRestore, Written> committed() {
    return Map.copyOf(committed);
  }

  /**
   * Brings all of it back.
   *
   * @param tables whose rows
   * @param undivided whether in one transaction
   */
  void run(Collection<RowsToRestore> tables, References references, boolean undivided)
      throws SQLException, InterruptedException {
    Map<String, RowsToRestore> byName = new TreeMap<>(Sql.BY_NAME);
    tables.forEach(lost -> byName.put(lost.mapping().live().name(), lost));
    List<RowBatch> all = new ArrayList<>();
    for (List<String> group : references.parentsFirst(byName.keySet())) {
      List<RowBatch> portions = portions(group.stream().map(byName::get).toList());
      if (undivided) {
        all.addAll(portions);
      } else if (references.isCircular(group)) {
        circle(portions);
      } else {
        for (RowBatch batch : portions) {
          tell(batch);
          divided(batch, false);
        }
      }
    }
    if (!all.isEmpty()) {
      all.forEach(this::tell);
      bring(all);
    }
    progress.step("committing " + database);
    commit();
  }

  private List<RowBatch> portions(List<RowsToRestore> tables) throws SQLException {
    List<RowBatch> portions = new ArrayList<>();
    for (RowsToRestore lost : tables) {
      for (RowBatch batch : RowBatch.of(lost)) {
        if (batch.missing() || options.includeChanged()) {
          portions.add(batch);
        }
      }
    }
    return portions;
  }

  private void tell(RowBatch batch) {
    progress.step("bringing back " + database + "." + batch.table());
  }

  /**
   * Rows that may refer to each other: whose parents are there comes back, round after round. What
   * is left refers in a circle, and comes back undivided, or has no parents.
   */
  private void circle(List<RowBatch> portions) throws SQLException, InterruptedException {
    portions.forEach(this::tell);
    long came = 1;
    for (int round = 0; came > 0 && round < MOST_ROUNDS && anyPending(portions); round++) {
      came = 0;
      for (RowBatch batch : portions) {
        came += divided(batch, true);
      }
    }
    if (anyPending(portions)) {
      parentCheck.leaveOutOrphans(forgetting(portions));
      if (anyComing(portions)) {
        commitAndPause();
        bring(portions);
        commitAndPause();
      }
    }
  }

  private static List<RowBatch> forgetting(List<RowBatch> portions) throws SQLException {
    for (RowBatch batch : portions) {
      batch.rows().forgetObstacles(batch.within() + " AND M.conflict IS NULL");
    }
    return portions;
  }

  private static boolean anyPending(List<RowBatch> portions) throws SQLException {
    return any(portions, false);
  }

  private static boolean anyComing(List<RowBatch> portions) throws SQLException {
    return any(portions, true);
  }

  private static boolean any(List<RowBatch> portions, boolean coming) throws SQLException {
    for (RowBatch batch : portions) {
      String which = coming ? batch.coming() : batch.within() + " AND M.conflict IS NULL";
      if (batch.rows().count(which) > 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Brings rows back in as many transactions as it takes.
   *
   * @param again whether a later round looks at those that did not come
   * @return how many rows came back
   */
  private long divided(RowBatch whole, boolean again) throws SQLException, InterruptedException {
    long came = 0;
    long next = whole.first();
    while (next <= whole.last() && !whole.lost().isLeft()) {
      begin();
      pace.portionBegins();
      Size size = next(whole, next);
      RowBatch batch = whole.part(next, size.last());
      came += bring(List.of(batch));
      if (again && !whole.lost().isLeft()) {
        batch.rows().markDone(batch.coming());
      }
      next = size.last() + 1;
      pace.portionEnds(size.last() - batch.first() + 1, size.bytes());
      if (pace.isDue()) {
        commitAndPause();
      }
    }
    return came;
  }

  private record Size(long last, long bytes) {}

  /** As many rows as the pace allows, but of large ones fewer. */
  private Size next(RowBatch whole, long first) throws SQLException {
    long last = Math.min(whole.last(), first + Math.max(1, pace.portion()) - 1);
    String sql =
        "SELECT M.rowid, %s FROM %s WHERE M.rowid BETWEEN ? AND ? ORDER BY M.rowid"
            .formatted(RowSql.bytes("S", whole.mapping().common()), whole.rows().withRows());
    long bytes = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, first);
      statement.setLong(2, last);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          long more = rows.getLong(2);
          if (bytes > 0 && bytes + more > pace.portionBytes()) {
            return new Size(rows.getLong(1) - 1, bytes);
          }
          bytes += more;
        }
      }
    }
    return new Size(last, bytes);
  }

  private long bring(List<RowBatch> portions) throws SQLException {
    begin();
    Map<RowBatch, Written> brought = transaction.bring(able(portions));
    long rows = 0;
    for (Map.Entry<RowBatch, Written> each : brought.entrySet()) {
      rows += each.getValue().rows();
      open.merge(each.getKey().lost(), each.getValue(), Written::plus);
    }
    return rows;
  }

  /** One table that cannot be written without the application stops no other. */
  private List<RowBatch> able(List<RowBatch> portions) throws SQLException {
    List<RowBatch> able = new ArrayList<>();
    for (RowBatch batch : portions) {
      if (batch.lost().isLeft()) {
        continue;
      }
      try {
        transaction.tryOut(batch);
        able.add(batch);
      } catch (SQLException e) {
        left.leave(batch.table(), e, batch.lost().known());
        batch.lost().leave();
      }
    }
    return able;
  }

  private void begin() throws SQLException {
    if (!begun) {
      transaction.begin();
      pace.transactionBegins();
      begun = true;
    }
  }

  private void commit() throws SQLException {
    if (begun) {
      transaction.commit();
      begun = false;
      open.forEach((lost, rows) -> committed.merge(lost, rows, Written::plus));
      open.clear();
    }
  }

  private void commitAndPause() throws SQLException, InterruptedException {
    if (begun) {
      commit();
      sleeper.sleep(BETWEEN);
    }
  }
}
