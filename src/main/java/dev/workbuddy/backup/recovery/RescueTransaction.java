package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.recovery.References.Reference;
import dev.workbuddy.backup.recovery.ReturnedRows.Written;
import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One transaction that brings noted rows back: all that can come, or, if it fails, none. */
final class RescueTransaction {
  private final Connection connection;
  private final RescueOptions options;
  private final Parents parents;
  private final References references;
  private final String database;
  private final Progress progress;

  /**
   * For one connection.
   *
   * @param database its logical name
   */
  RescueTransaction(
      Connection connection,
      RescueOptions options,
      Parents parents,
      References references,
      String database,
      Progress progress) {
    this.connection = connection;
    this.options = options;
    this.parents = parents;
    this.references = references;
    this.database = database;
    this.progress = progress;
  }

  /** Brings the portions back. Where this throws, closing the connection undoes everything. */
  Map<Portion, Written> run(List<Portion> portions) throws SQLException {
    Sql.execute(connection, "BEGIN IMMEDIATE");
    Triggers triggers =
        Triggers.on(connection, options.triggers() ? List.of() : tablesOf(portions));
    triggers.drop();
    BrokenReferences broken = BrokenReferences.of(connection, inDanger(portions));
    lookAgain(portions);
    Map<Portion, Written> written = write(portions);
    triggers.restore();
    progress.step("checking the references of " + database);
    requireParents(portions);
    if (broken.more()) {
      throw broken("rows that other rows refer to would go or change");
    }
    progress.step("committing " + database);
    Sql.execute(connection, "COMMIT");
    return written;
  }

  private static Set<String> tablesOf(List<Portion> portions) {
    Set<String> tables = new LinkedHashSet<>();
    portions.forEach(portion -> tables.add(portion.mapping().live().name()));
    return tables;
  }

  /** The application may have written since the rows were noted; from here on it waits. */
  private void lookAgain(List<Portion> portions) throws SQLException {
    for (Portion portion : portions) {
      portion.rows().forgetObstacles(portion.within());
      if (portion.missing()) {
        portion
            .lost()
            .findConflicts(UniqueIndex.plain(connection, portion.mapping()), portion.within());
      }
    }
    parents.leaveOutOrphans(portions);
  }

  /** Rows that turn out to have no place keep their children out, so then it begins anew. */
  private Map<Portion, Written> write(List<Portion> portions) throws SQLException {
    while (true) {
      Sql.execute(connection, "SAVEPOINT wb_all");
      Map<Portion, ReturnedRows> returned = new LinkedHashMap<>();
      Map<Portion, Written> written = new LinkedHashMap<>();
      for (Portion portion : portions) {
        progress.step("bringing back " + database + "." + portion.mapping().live().name());
        ReturnedRows rows = new ReturnedRows(connection, portion, options.overwrite());
        returned.put(portion, rows);
        written.put(portion, rows.write());
      }
      if (returned.values().stream().noneMatch(ReturnedRows::anyRefused)) {
        Sql.execute(connection, "RELEASE wb_all");
        return written;
      }
      Sql.execute(connection, "ROLLBACK TO wb_all");
      for (ReturnedRows rows : returned.values()) {
        rows.noteRefused();
      }
      parents.leaveOutOrphans(portions);
    }
  }

  private void requireParents(List<Portion> portions) throws SQLException {
    for (Portion portion : portions) {
      for (Reference reference : parents.covered(portion.mapping())) {
        long orphans = parents.orphans(portion, reference);
        if (orphans > 0) {
          throw broken(
              "%d rows of %s would be without their rows of %s"
                  .formatted(orphans, reference.child(), reference.parent()));
        }
      }
    }
  }

  /** Tables whose rows may lose their parents, or come back with a default for a parent. */
  private Set<String> inDanger(List<Portion> portions) throws SQLException {
    Set<String> tables = new TreeSet<>();
    for (Portion portion : portions) {
      TableShape table = portion.mapping().live();
      for (Reference reference : references.to(table.name())) {
        boolean may = portion.missing() ? options.overwrite() : !reference.isToKeyOf(table);
        if (may) {
          tables.add(reference.child());
        }
      }
      references.from(table.name()).stream()
          .filter(reference -> !reference.isCoveredBy(portion.mapping()))
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
