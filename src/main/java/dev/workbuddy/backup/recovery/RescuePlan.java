package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.recovery.References.Reference;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds what is lost in the chosen tables, and what keeps rows from coming back. */
final class RescuePlan {
  private final Connection connection;
  private final RescueRequest request;
  private final List<LostRows> tables;
  private final Parents parents;
  private final Warnings warnings;

  /** Takes what the user should know of a table. */
  @FunctionalInterface
  interface Warnings {
    void add(TableMapping mapping, String text);
  }

  /**
   * For one database.
   *
   * @param tables parents first
   */
  RescuePlan(
      Connection connection,
      RescueRequest request,
      List<LostRows> tables,
      Parents parents,
      Warnings warnings) {
    this.connection = connection;
    this.request = request;
    this.tables = tables;
    this.parents = parents;
    this.warnings = warnings;
  }

  /**
   * Notes the rows; refuses what could not be brought back. The live database is read table by
   * table and locked no longer than that.
   *
   * @param changes where the snapshot's rows can be lost or changed
   * @param lookForChanges whether to look for rows that differ although they stay
   * @param dryRun whether to tell what only doing it will show
   */
  void run(ChangedTables changes, boolean lookForChanges, boolean dryRun)
      throws SQLException, IOException {
    for (LostRows lost : tables.reversed()) { // Children first: their parents are found later.
      lost.find(changes.of(lost.mapping().old(), lost.mapping().live()), lookForChanges);
      lookAt(lost, dryRun);
    }
    List<Portion> all = new ArrayList<>();
    for (LostRows lost : tables) {
      all.addAll(Portion.of(lost));
    }
    parents.leaveOutOrphans(all);
    for (LostRows lost : tables) {
      tellOldOrphans(lost);
    }
    tellFollowers();
  }

  private void lookAt(LostRows lost, boolean dryRun) throws SQLException {
    TableMapping mapping = lost.mapping();
    long withoutKey = lost.withoutKey();
    if (withoutKey > 0) {
      warnings.add(mapping, withoutKey + " rows with NULL in their key take no part");
    }
    if (lost.missing().count() > 0) {
      mapping.requireValues();
      lost.findConflicts(UniqueIndex.plain(connection, mapping), "1");
      for (UniqueIndex index : UniqueIndex.of(connection, mapping.live())) {
        if (dryRun && !index.isPlainFor(mapping)) {
          warnings.add(
              mapping, "whether rows collide in the index " + index.name() + " only --apply shows");
        }
      }
    }
  }

  private void tellOldOrphans(LostRows lost) throws SQLException {
    for (Reference reference : parents.covered(lost.mapping())) {
      long orphans = parents.orphansOfOld(lost.missing(), reference);
      if (orphans > 0) {
        warnings.add(
            lost.mapping(),
            "%d rows refer to rows of %s that the snapshot lacked as well"
                .formatted(orphans, reference.parent()));
      }
    }
  }

  /** A full-text index of a table's rows follows them by triggers; without those it is behind. */
  private void tellFollowers() throws SQLException {
    if (request.options().triggers()) {
      return;
    }
    List<String> virtual = new SchemaReader(connection, "main").virtualTables();
    for (LostRows lost : tables) {
      String table = lost.mapping().live().name();
      if (lost.missing().count() == 0 && lost.changed().count() == 0) {
        continue;
      }
      Triggers triggers = Triggers.on(connection, List.of(table));
      virtual.stream()
          .filter(triggers::mention)
          .forEach(
              follower ->
                  warnings.add(
                      lost.mapping(),
                      "%s follows it by triggers: use --triggers on, or rebuild it afterwards"
                          .formatted(follower)));
    }
  }
}
