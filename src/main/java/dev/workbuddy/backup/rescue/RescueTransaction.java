package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.rescue.References.Reference;
import dev.workbuddy.backup.rescue.RowRestorer.Written;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.TableShape;
import dev.workbuddy.backup.tables.TempNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Transactions that bring noted rows back, one after the other. Each is whole in itself; where one
 * fails, closing the connection undoes it.
 */
final class RescueTransaction {
  private final Connection connection;
  private final RescueOptions options;
  private final ParentCheck parentCheck;
  private final References references;
  private final TempNames names;
  private final Followers followers;
  private final Sequences sequences;
  private Triggers triggers;

  private RescueTransaction(
      Connection connection,
      RescueOptions options,
      ParentCheck parentCheck,
      References references,
      TempNames names,
      Followers followers)
      throws SQLException {
    this.connection = connection;
    this.options = options;
    this.parentCheck = parentCheck;
    this.references = references;
    this.names = names;
    this.followers = followers;
    this.sequences = Sequences.of(connection);
    this.triggers = Triggers.of(connection);
  }

  /** For one connection, in which no transaction is open. */
  static RescueTransaction on(
      Connection connection,
      RescueOptions options,
      ParentCheck parentCheck,
      References references,
      TempNames names,
      Followers followers)
      throws SQLException {
    return new RescueTransaction(connection, options, parentCheck, references, names, followers);
  }

  void begin() throws SQLException {
    Sql.execute(connection, "BEGIN IMMEDIATE");
    triggers = Triggers.of(connection);
  }

  void commit() throws SQLException {
    triggers.wake();
    Sql.execute(connection, "COMMIT");
  }

  /**
   * Lets SQLite compile what would write a portion.
   *
   * @throws SQLException where it cannot without the application
   */
  void tryOut(RowBatch batch) throws SQLException {
    if (!options.triggers()) {
      triggers.sleep(batch.table());
    }
    new RowRestorer(connection, batch, options.overwrite()).tryOut();
  }

  /**
   * Brings portions back that were tried out; rows whose parents are neither there nor among them
   * stay away, and are noted as such.
   *
   * @throws BackupException where rows that others refer to would go
   */
  Map<RowBatch, Written> bring(List<RowBatch> portions) throws SQLException {
    BrokenReferences broken =
        BrokenReferences.of(connection, names, inDanger(references, options, portions));
    Map<RowBatch, Written> come = options.triggers() ? come(portions) : Map.of();
    lookAgain(portions);
    Map<RowBatch, Written> written = write(portions);
    come.forEach((batch, rows) -> written.merge(batch, rows, Written::plus));
    requireParents(portions);
    if (broken.more()) {
      throw broken("rows that other rows refer to would go or change");
    }
    return written;
  }

  /** Triggers that are awake may have brought what was to come by itself. */
  private static Map<RowBatch, Written> come(List<RowBatch> portions) throws SQLException {
    Map<RowBatch, Written> come = new LinkedHashMap<>();
    for (RowBatch batch : portions) {
      if (batch.missing()) {
        come.put(batch, new Written(batch.lost().noteCome(batch.within()), 0, 0));
      }
    }
    return come;
  }

  /** The application may have written since the rows were noted; from here on it waits. */
  private void lookAgain(List<RowBatch> portions) throws SQLException {
    for (RowBatch batch : portions) {
      batch.rows().forgetObstacles(batch.within());
      if (batch.missing()) {
        batch.lost().findConflicts(UniqueIndex.plain(connection, batch.mapping()), batch.within());
      }
    }
    parentCheck.leaveOutOrphans(portions);
  }

  /** Rows that turn out to have no place keep their children out, so then it begins anew. */
  private Map<RowBatch, Written> write(List<RowBatch> portions) throws SQLException {
    while (true) {
      Sql.execute(connection, "SAVEPOINT wb_all");
      Map<RowBatch, RowRestorer> returned = new LinkedHashMap<>();
      Map<RowBatch, Written> written = new LinkedHashMap<>();
      for (RowBatch batch : portions) {
        RowRestorer rows = new RowRestorer(connection, batch, options.overwrite());
        returned.put(batch, rows);
        written.put(batch, rows.write());
      }
      if (returned.values().stream().noneMatch(RowRestorer::anyRefused)) {
        Sql.execute(connection, "RELEASE wb_all");
        follow(written);
        return written;
      }
      Sql.execute(connection, "ROLLBACK TO wb_all");
      Sql.execute(connection, "RELEASE wb_all");
      for (RowRestorer rows : returned.values()) {
        rows.noteRefused();
      }
      parentCheck.leaveOutOrphans(portions);
    }
  }

  /** What hangs on the rows that came back. */
  private void follow(Map<RowBatch, Written> written) throws SQLException {
    for (Map.Entry<RowBatch, Written> each : written.entrySet()) {
      if (each.getValue().restored() > 0) {
        sequences.continueOf(each.getKey().table());
        followers.follow(each.getKey());
      }
    }
  }

  private void requireParents(List<RowBatch> portions) throws SQLException {
    for (RowBatch batch : portions) {
      for (Reference reference : parentCheck.covered(batch.mapping())) {
        long orphans = parentCheck.orphans(batch, reference);
        if (orphans > 0) {
          throw broken(
              "%d rows of %s would be without their rows of %s"
                  .formatted(orphans, reference.child(), reference.parent()));
        }
      }
    }
  }

  /** Tables whose rows may lose their parents, or come back with a default for a parent. */
  static Set<String> inDanger(
      References references, RescueOptions options, Collection<RowBatch> portions) {
    Set<String> tables = new TreeSet<>(Sql.BY_NAME);
    for (RowBatch batch : portions) {
      TableShape table = batch.mapping().live();
      for (Reference reference : references.to(table.name())) {
        boolean may = batch.missing() ? options.overwrite() : !reference.isToKeyOf(table);
        if (may) {
          tables.add(reference.child());
        }
      }
      references.from(table.name()).stream()
          .filter(reference -> !reference.isCoveredBy(batch.mapping()))
          .forEach(reference -> tables.add(reference.child()));
    }
    return tables;
  }

  private static BackupException broken(String what) {
    return new BackupException(
        ErrorCode.FOREIGN_KEYS_BROKEN,
        what,
        "Leave such rows out with --where, or rescue without --overwrite, --include-changed or"
            + " --triggers on.");
  }
}
