package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.rescue.LeftTables.Obstacle;
import dev.workbuddy.backup.rescue.References.Reference;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.sqlite.VirtualTable;
import dev.workbuddy.backup.tables.ChangedTables;
import dev.workbuddy.backup.tables.Column;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds what is lost in the chosen tables, and what keeps rows from coming back. */
final class RescuePlan {
  /** Fewer come back in less time than anybody waits. */
  private static final long MANY = 10_000;

  private final Connection connection;
  private final RescueRequest request;
  private final TableChoice choice;
  private final List<RowsToRestore> tables;
  private final ParentCheck parentCheck;
  private final References references;
  private final Followers followers;
  private final LeftTables left;
  private final Warnings warnings;
  private final Triggers triggers;

  /** Takes what the user should know of a table. */
  @FunctionalInterface
  interface Warnings {
    void add(TableMapping mapping, String text);
  }

  /**
   * For one database.
   *
   * @param tables parents first
   * @param left takes tables that turn out to be out of reach
   */
  RescuePlan(
      Connection connection,
      RescueRequest request,
      TableChoice choice,
      List<RowsToRestore> tables,
      ParentCheck parentCheck,
      References references,
      Followers followers,
      LeftTables left,
      Warnings warnings)
      throws SQLException {
    this.connection = connection;
    this.request = request;
    this.choice = choice;
    this.tables = tables;
    this.parentCheck = parentCheck;
    this.references = references;
    this.followers = followers;
    this.left = left;
    this.warnings = warnings;
    this.triggers = Triggers.of(connection);
  }

  /**
   * Notes the rows. The live database is read table by table and locked no longer than that; a
   * table that cannot be read is left out and stops no other.
   *
   * @param changes where the snapshot's rows can be lost or changed
   * @param lookForChanges whether to look for rows that differ although they stay
   * @param dryRun whether to tell what only doing it will show
   */
  void run(ChangedTables changes, boolean lookForChanges, boolean dryRun)
      throws SQLException, IOException {
    for (RowsToRestore lost : tables.reversed()) { // Children first: their parents are found later.
      try {
        lost.find(changes.of(lost.mapping().old(), lost.mapping().live()), lookForChanges);
        lookAt(lost, dryRun);
      } catch (SQLException e) {
        leave(lost, e);
      }
    }
    leaveOutOrphans();
    for (RowsToRestore lost : tables) {
      if (isLosing(lost)) {
        tellOldOrphans(lost);
        tellNumbers(lost);
        tellTypes(lost.mapping());
      }
    }
    compareUnreadable(changes);
    tellFollowers();
    tellUndivided();
  }

  private void leave(RowsToRestore lost, SQLException e) throws SQLException {
    if (request.where() != null) {
      throw e; // Then it is the user's condition that SQLite speaks of.
    }
    left.leave(lost.mapping().old().name(), e, lost.known());
    lost.leave();
  }

  private void leave(RowsToRestore lost, Obstacle obstacle, String reason) throws SQLException {
    left.leave(lost.mapping().old().name(), obstacle, reason, lost.missing().count());
    lost.leave();
  }

  private static boolean isLosing(RowsToRestore lost) {
    return lost.missing().isNoted() || lost.changed().isNoted();
  }

  private void lookAt(RowsToRestore lost, boolean dryRun) throws SQLException {
    TableMapping mapping = lost.mapping();
    if (lost.missing().count() == 0) {
      if (mapping.old().rowid().isEmpty() && lost.missing().isNoted() && lost.hasRowsWithoutKey()) {
        left.leave(mapping.old().name(), Obstacle.HIDDEN, null);
        lost.leave();
      }
      return;
    }
    if (mapping.wantedValues().isPresent()) {
      leave(lost, Obstacle.VALUES, mapping.wantedValues().get());
      return;
    }
    tryWriting(lost);
    lost.findConflicts(UniqueIndex.plain(connection, mapping), "1");
    lost.findForbidden();
    for (UniqueIndex index : UniqueIndex.of(connection, mapping.live())) {
      if (dryRun && !index.isPlainFor(mapping)) {
        warnings.add(
            mapping, "whether rows collide in the index " + index.name() + " only --apply shows");
      }
    }
  }

  /**
   * Refuses what could not be written because of the table itself. What its triggers want does not
   * matter, as they sleep.
   */
  private void tryWriting(RowsToRestore lost) throws SQLException {
    if (lost.mapping().dropped()) {
      return;
    }
    try {
      new RowRestorer(connection, RowBatch.of(lost).getFirst(), false).tryOut();
    } catch (SQLException e) {
      String table = lost.mapping().live().name();
      if (request.options().triggers() || triggers.isFree(table) || ofItsOwn(table, e)) {
        throw e;
      }
    }
  }

  /** Whether the table, or an index of it, speaks of what SQLite does not know. */
  private boolean ofItsOwn(String table, SQLException e) throws SQLException {
    String words = SqliteMessages.of(e);
    String name = words.substring(words.lastIndexOf(' ') + 1).replaceAll("[()]", "");
    Pattern word = Pattern.compile("(?i)(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])");
    return Sql.column(
            connection,
            "SELECT sql FROM main.sqlite_schema WHERE type IN ('table', 'index') AND sql NOT NULL"
                + " AND tbl_name = %s COLLATE NOCASE".formatted(Sql.literal(table)))
        .stream()
        .anyMatch(sql -> word.matcher(sql).find());
  }

  /** A key that only the application can compare leaves its children out, and no others. */
  private void leaveOutOrphans() throws SQLException {
    while (true) {
      List<RowBatch> all = new ArrayList<>();
      for (RowsToRestore lost : tables) {
        all.addAll(RowBatch.of(lost));
      }
      RowsToRestore odd = null;
      for (RowBatch portion : all) {
        try {
          parentCheck.tryReferences(portion);
        } catch (SQLException e) {
          odd = portion.lost();
          leave(odd, e);
          break;
        }
      }
      if (odd == null) {
        parentCheck.leaveOutOrphans(all);
        return;
      }
    }
  }

  /** Where a column has another type by now, SQLite may turn '001' into 1. */
  private void tellTypes(TableMapping mapping) {
    for (Column column : mapping.common()) {
      mapping
          .old()
          .column(column.name())
          .filter(was -> !was.affinity().equals(column.affinity()))
          .ifPresent(
              was ->
                  warnings.add(
                      mapping,
                      "values of %s, which was %s, come back as %s where SQLite can make them that"
                          .formatted(column.name(), was.affinity(), column.affinity())));
    }
  }

  private void tellOldOrphans(RowsToRestore lost) throws SQLException {
    for (Reference reference : parentCheck.covered(lost.mapping())) {
      long orphans = parentCheck.orphansOfOld(lost.missing(), reference);
      if (orphans > 0) {
        warnings.add(
            lost.mapping(),
            "%d rows refer to rows of %s that the snapshot lacked as well"
                .formatted(orphans, reference.parent()));
      }
    }
  }

  private void tellNumbers(RowsToRestore lost) throws SQLException {
    long renumbered = lost.renumbered();
    if (renumbered > 0) {
      warnings.add(
          lost.mapping(),
          "%d rows come back under new rowids, as newer rows have theirs".formatted(renumbered));
    }
  }

  /** What only a module could read is equal where the tables are that it keeps. */
  private void compareUnreadable(ChangedTables changes) throws SQLException, IOException {
    for (TableChoice.Incomparable table : choice.incomparable()) {
      left.leave(
          table.mapping().old().name(),
          Obstacle.COLLATION,
          table.reason(),
          choice.fewer(table.mapping()));
    }
    for (VirtualTable table : choice.unreadable()) {
      left.leave(
          table.name(),
          Obstacle.VIRTUAL,
          choice.reasonFor(table),
          changes.keepsTheSame(table.name()) ? 0L : null);
    }
  }

  /** An index of a table's rows that follows them by triggers is behind without those. */
  private void tellFollowers() throws SQLException {
    Map<String, RowsToRestore> taking = new TreeMap<>(Sql.BY_NAME);
    tables.forEach(lost -> taking.put(lost.mapping().live().name(), lost));
    List<String> others =
        choice.stores().stream().filter(store -> !taking.containsKey(store)).toList();
    for (RowsToRestore lost : tables) {
      if (lost.missing().count() == 0 && lost.changed().count() == 0) {
        continue;
      }
      String table = lost.mapping().live().name();
      followers
          .foretold(lost, follower -> triggers.mention(table, follower))
          .forEach(text -> warnings.add(lost.mapping(), text));
      if (!request.options().triggers()) {
        others.stream()
            .filter(store -> triggers.mention(table, store))
            .forEach(store -> warnings.add(lost.mapping(), follower(store)));
      }
    }
  }

  private static String follower(String store) {
    return "%s follows it by triggers, which sleep: rescue its rows as well, with --table %s"
        .formatted(store, store);
  }

  /** Writers wait for what cannot be divided; that is said before. */
  private void tellUndivided() throws SQLException {
    List<RowBatch> all = new ArrayList<>();
    long rows = 0;
    for (RowsToRestore lost : tables) {
      List<RowBatch> portions = RowBatch.of(lost);
      all.addAll(portions);
      rows += portions.stream().mapToLong(RowBatch::last).sum();
    }
    Set<String> endangered = RescueTransaction.inDanger(references, request.options(), all);
    if (rows >= MANY && request.options().batch() == 0 && !endangered.isEmpty()) {
      warnings.add(
          all.getFirst().mapping(),
          "%,d rows come back in one transaction, as all that refers to them must be looked at: writers"
                  .formatted(rows)
              + " wait meanwhile, a second for each 20,000 rows or so; --batch divides it");
    }
  }
}
