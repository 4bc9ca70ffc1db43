package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.migration.History;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.recovery.References.Broken;
import dev.workbuddy.backup.recovery.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.recovery.RescueResult.LeftOut;
import dev.workbuddy.backup.recovery.RescueResult.TableRescue;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.ForeignKeys;
import dev.workbuddy.backup.sqlite.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The rescue of one database: first {@link #plan}, which only reads, then {@link #apply}, which is
 * one transaction. Confined to one thread.
 */
final class LiveRescue implements AutoCloseable {
  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);
  private static final int CACHE_KIBIBYTES = 32 << 10;

  private final Connection connection;
  private final String name;
  private final RescueRequest request;
  private final List<String> warnings;
  private final Map<String, TableShape> live;
  private final Map<String, TableShape> old;
  private final References references;
  private final List<LostRows> tables = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  private LiveRescue(
      Connection connection, String name, RescueRequest request, List<String> warnings)
      throws SQLException {
    this.connection = connection;
    this.name = name;
    this.request = request;
    this.warnings = warnings;
    this.live = new SchemaReader(connection, "main").tables();
    this.old = new SchemaReader(connection, "snapshot").tables();
    this.references = new References(connection, live, old);
  }

  /**
   * Opens both sides.
   *
   * @param snapshot the snapshot's file
   * @param warnings takes what the user should know
   */
  static LiveRescue open(
      String name, Path live, Path snapshot, RescueRequest request, List<String> warnings) {
    try {
      Connection connection = Connections.writable(live, BUSY_TIMEOUT);
      try {
        Connections.attachStill(connection, snapshot, "snapshot");
        Sql.execute(connection, "PRAGMA foreign_keys = OFF"); // References are checked at the end.
        Sql.execute(connection, "PRAGMA cache_size = -" + CACHE_KIBIBYTES);
        return new LiveRescue(connection, name, request, warnings);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw LiveFiles.unusable(name, e);
    }
  }

  /** Finds what is lost. Refuses what could not be brought back; takes no lock for longer. */
  DatabaseRescue plan(boolean lookForChanges) {
    try {
      chooseTables();
      for (LostRows lost : tables.reversed()) { // Children first: their parents are found later.
        plan(lost, lookForChanges || request.includeChanged());
      }
      warnOfVirtualTables();
      List<TableRescue> planned = new ArrayList<>();
      for (LostRows lost : tables) {
        planned.add(describe(lost, lookForChanges || request.includeChanged(), 0, 0));
      }
      return new DatabaseRescue(name, planned, List.copyOf(leftOut));
    } catch (SQLException e) {
      throw error(e);
    }
  }

  private void chooseTables() throws SQLException {
    Map<String, TableMapping> mappings = new LinkedHashMap<>();
    for (TableShape table : old.values()) {
      if (request.wants(table.name())) {
        TableMapping mapping = mapping(table);
        if (mapping != null) {
          mappings.put(table.name(), mapping);
        }
      }
    }
    for (String table : new SchemaReader(connection, "snapshot").virtualTables()) {
      if (request.wants(table)) {
        leaveOut(table, "a virtual table keeps its rows in a form of its own");
      }
    }
    int number = 0;
    for (String table : references.parentsFirst(mappings.keySet())) {
      TableMapping mapping = mappings.get(table);
      if (mapping != null) {
        tables.add(new LostRows(connection, mapping, number++, request.where()));
      }
    }
  }

  private @Nullable TableMapping mapping(TableShape table) {
    TableShape now = live.get(table.name());
    if (now == null) {
      leaveOut(table.name(), "the live database has no such table");
      return null;
    }
    if (table.name().equalsIgnoreCase(History.TABLE)) {
      leaveOut(table.name(), "it tells the history of the live schema");
      return null;
    }
    boolean keyless = now.key().isEmpty() && table.key().isEmpty();
    if (keyless && (!request.keyless() || table.rowid().isEmpty())) {
      leaveOut(table.name(), "it has no primary key; with --keyless rows are told by content");
      return null;
    }
    TableMapping mapping = TableMapping.of(table, now);
    mapping.requireSameKey();
    return mapping;
  }

  /** What was asked for by name is refused rather than left out. */
  private void leaveOut(String table, String reason) {
    if (request.names(table)) {
      throw new BackupException(
          reason.contains("key") ? ErrorCode.NO_USABLE_KEY : ErrorCode.SCHEMAS_DIFFER,
          "%s: rows of %s cannot be brought back: %s".formatted(name, table, reason),
          "`wb-backup restore ID --to DIR` unpacks the whole snapshot beside the live data.");
    }
    leftOut.add(new LeftOut(table, reason));
  }

  private void plan(LostRows lost, boolean lookForChanges) throws SQLException {
    TableMapping mapping = lost.mapping();
    if (request.where() != null) {
      WhereClause.require(connection, mapping, request.where());
    }
    lost.find();
    if (lookForChanges) {
      lost.findChanged();
    }
    long withoutKey = lost.withoutKey();
    if (withoutKey > 0) {
      warn(mapping, withoutKey + " rows with NULL in their key take no part");
    }
    if (lost.count() > 0) {
      mapping.requireValues();
      lost.findConflicts(plainIndexes(mapping));
    }
  }

  private void warn(TableMapping mapping, String text) {
    warnings.add("%s: %s: %s".formatted(name, mapping.live().name(), text));
  }

  private List<UniqueIndex> plainIndexes(TableMapping mapping) throws SQLException {
    List<UniqueIndex> plain = new ArrayList<>();
    for (UniqueIndex index : UniqueIndex.of(connection, mapping.live())) {
      if (index.plain() && index.isCoveredBy(mapping.common())) {
        plain.add(index);
      } else {
        warn(mapping, "whether rows collide in the index " + index.name() + " only --apply shows");
      }
    }
    return plain;
  }

  /** A full-text index of a table's rows follows them by triggers; without those it is behind. */
  private void warnOfVirtualTables() throws SQLException {
    if (request.triggers()) {
      return;
    }
    for (LostRows lost : tables) {
      if (lost.count() == 0) {
        continue;
      }
      String table = lost.mapping().live().name();
      Triggers triggers = Triggers.on(connection, List.of(table));
      for (String virtual : new SchemaReader(connection, "main").virtualTables()) {
        if (triggers.mention(virtual)) {
          warn(
              lost.mapping(),
              "%s follows it by triggers: use --triggers on, or rebuild it afterwards"
                  .formatted(virtual));
        }
      }
    }
  }

  private TableRescue describe(LostRows lost, boolean changes, long restored, long overwritten)
      throws SQLException {
    TableMapping mapping = lost.mapping();
    return new TableRescue(
        mapping.live().name(),
        lost.count(),
        changes ? (Long) lost.countChanged() : null,
        request.includeChanged() && lost.countChanged() > 0,
        restored,
        overwritten,
        lost.conflicts(),
        mapping.onlyOld(),
        mapping.onlyLive(),
        lost.samples(),
        lost.conflicting());
  }

  /** Brings back what {@link #plan} found: all of it, or nothing. */
  DatabaseRescue apply(Progress progress) {
    try {
      Sql.execute(connection, "BEGIN IMMEDIATE");
      List<TableRescue> results = new ArrayList<>();
      long brokenBefore = request.includeChanged() ? ForeignKeys.violations(connection) : 0;
      Triggers triggers = Triggers.on(connection, request.triggers() ? List.of() : changing());
      triggers.drop();
      for (LostRows lost : tables) {
        progress.step("bringing back " + name + "." + lost.mapping().live().name());
        results.add(apply(lost));
      }
      triggers.restore();
      progress.step("checking the references of " + name);
      requireParents(brokenBefore);
      progress.step("committing " + name);
      Sql.execute(connection, "COMMIT");
      return new DatabaseRescue(name, results, List.copyOf(leftOut));
    } catch (SQLException e) {
      throw error(e);
    }
  }

  private List<String> changing() throws SQLException {
    List<String> names = new ArrayList<>();
    for (LostRows lost : tables) {
      if (lost.count() > 0 || request.includeChanged()) {
        names.add(lost.mapping().live().name());
      }
    }
    return names;
  }

  private TableRescue apply(LostRows lost) throws SQLException {
    ReturnedRows returned = new ReturnedRows(connection, lost);
    long restored = 0;
    if (lost.count() > 0) {
      List<UniqueIndex> indexes =
          UniqueIndex.of(connection, lost.mapping().live()).stream()
              .filter(index -> index.plain() && index.isCoveredBy(lost.mapping().common()))
              .toList();
      restored = returned.insert(indexes);
    }
    long overwritten = request.includeChanged() ? returned.overwrite() : 0;
    return describe(lost, request.includeChanged(), restored, overwritten);
  }

  private void requireParents(long brokenBefore) throws SQLException {
    for (LostRows lost : tables) {
      for (Broken broken : references.broken(lost.mapping(), lost.missing())) {
        if (broken.hadParent() > 0) {
          throw broken(
              "%d rows of %s refer to rows of %s that are not there"
                  .formatted(broken.hadParent(), broken.table(), broken.parent()));
        }
        warn(
            lost.mapping(),
            "%d rows refer to rows of %s that the snapshot lacked as well"
                .formatted(broken.orphans(), broken.parent()));
      }
    }
    if (request.includeChanged() && ForeignKeys.violations(connection) > brokenBefore) {
      throw broken("rows that would become what they were break references of others");
    }
  }

  private BackupException broken(String what) {
    return new BackupException(
        ErrorCode.FOREIGN_KEYS_BROKEN,
        "%s: %s; nothing of it was changed".formatted(name, what),
        "Bring back both tables in one rescue, or leave rows out with --where.");
  }

  private BackupException error(SQLException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_ERROR ->
          new BackupException(
              ErrorCode.ROWS_REFUSED,
              "%s: SQLite refuses the rows: %s; nothing of it was changed".formatted(name, message),
              "A rule of the live schema forbids them, or needs the application's own SQL. Choose"
                  + " other tables with --table, or rows with --where.",
              e);
      case SQLITE_FULL ->
          new BackupException(
              ErrorCode.DISK_FULL,
              name + ": the disk is full; nothing of it was changed",
              "Free some space there, then try again.",
              e);
      case SQLITE_READONLY ->
          new BackupException(
              ErrorCode.DATABASE_READ_ONLY,
              name + ": the live database cannot be written",
              "Run as the user who owns the data.",
              e);
      default -> LiveFiles.unusable(name, e);
    };
  }

  /** Whatever was not committed is undone. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException nothingLeftToSave) {
      // The transaction ended before, or SQLite undoes it.
    }
  }
}
