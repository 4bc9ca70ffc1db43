package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.rescue.RescueResult;
import dev.workbuddy.backup.rescue.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.rescue.RescueResult.LeftDatabase;
import dev.workbuddy.backup.rescue.RescueResult.LeftOut;
import dev.workbuddy.backup.rescue.RescueResult.Recreated;
import dev.workbuddy.backup.rescue.RescueResult.TableRescue;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** What a rescue brings back and what it cannot, for people. */
final class RescueTexts {
  private final RescueResult result;
  private final boolean dryRun;
  private final PrintStream out;

  private RescueTexts(RescueResult result, PrintStream out) {
    this.result = result;
    this.dryRun = result.dryRun();
    this.out = out;
  }

  /**
   * Prints what a rescue did or would do.
   *
   * @param repeat the command that does it
   */
  static void print(RescueResult result, String repeat, PrintStream out) {
    new RescueTexts(result, out).print(repeat);
  }

  private void print(String repeat) {
    boolean any = result.databases().stream().anyMatch(RescueTexts::finds);
    out.printf("%s %s%n", heading(any), result.snapshotId());
    for (DatabaseRescue database : result.databases()) {
      database.recreated().forEach(made -> recreated(database.database(), made));
      for (TableRescue table : database.tables()) {
        table(database.database(), table);
      }
      database.leftOut().forEach(left -> leftOut(database.database(), left));
    }
    result.left().forEach(this::left);
    outOfReach();
    if (!any && result.left().isEmpty() && result.outOfReach() == 0 && !result.isUncertain()) {
      out.println("  Nothing: no row of the snapshot is missing.");
    }
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
    AlarmTexts.printClosed(result.closedAlarms(), out);
    next(any, repeat);
  }

  private void next(boolean any, String repeat) {
    if (any && !dryRun && tables().anyMatch(table -> table.changed() == null)) {
      out.printf(
          "Rows that are there but different were not looked for: `wb-backup diff %s --rows` shows"
              + " them.%n",
          result.snapshotId());
    }
    if (result.snapshotBefore() != null) {
      out.println("What was there before is in " + result.snapshotBefore());
      out.println("To do it again, or with other options: " + repeat);
    }
    if (any && dryRun) {
      out.println("Nothing was changed. Do it with: " + repeat);
    }
  }

  private Stream<TableRescue> tables() {
    return result.databases().stream().flatMap(database -> database.tables().stream());
  }

  private void left(LeftDatabase left) {
    out.printf("  %s  left as it is: %s%n", left.database(), left.reason());
    if (!result.toRestore().contains(left.database())) {
      out.println("    " + left.hint());
    }
  }

  private void outOfReach() {
    if (result.outOfReach() > 0) {
      out.printf(
          "  %s missing that a rescue cannot bring back%n",
          Texts.count(result.outOfReach(), "row is", "rows are"));
    }
    for (String database : result.toRestore()) {
      out.printf(
          "    `wb-backup restore %s --only %s` brings back all of %s%n",
          result.snapshotId(), database, database);
    }
  }

  private void leftOut(String database, LeftOut left) {
    out.printf("  %s.%s  left out: %s%n", database, left.table(), left.reason());
    if (left.missing() == null) {
      out.println("    Nobody can tell here whether anything of it is missing. " + left.hint());
    } else if (left.missing() > 0) {
      out.printf(
          "    %s fewer than in the snapshot. %s%n",
          Texts.count(left.missing(), "row", "rows"), left.hint());
    }
  }

  private void recreated(String database, Recreated made) {
    out.printf(
        "  %s.%s  the %s %s made again%n",
        database, made.name(), made.type(), dryRun ? "would be" : "was");
  }

  private String heading(boolean any) {
    boolean nothing = result.left().isEmpty() && result.outOfReach() == 0;
    if (any || (nothing && !result.isUncertain())) {
      return dryRun ? "Would bring back from" : "Brought back from";
    }
    return dryRun ? "Would bring back nothing from" : "Brought back nothing from";
  }

  private static boolean finds(DatabaseRescue database) {
    return !database.recreated().isEmpty()
        || database.tables().stream().anyMatch(RescueTexts::finds);
  }

  private static boolean finds(TableRescue table) {
    Long changed = table.changed();
    return table.missing() > 0 || (changed != null && changed > 0);
  }

  private void table(String database, TableRescue table) {
    if (!finds(table)) {
      return;
    }
    long back = dryRun ? table.coming() : table.restored();
    out.printf("  %s.%s  %s%n", database, table.table(), Texts.count(back, "row", "rows"));
    if (dryRun) {
      table.samples().forEach(row -> out.println("    + " + RowText.of(row)));
      ellipsis(back, table.samples());
    }
    conflicts(table);
    forbidden(database, table);
    doubtful(table);
    orphans(table);
    changes(table);
    columns("without", "which the live table no longer has", table.onlyInSnapshot());
    columns("with the default in", "which the snapshot lacks", table.onlyLive());
  }

  private void conflicts(TableRescue table) {
    if (table.replaces()) {
      long newer = dryRun ? table.conflicts() : table.replaced();
      if (newer > 0) {
        out.printf(
            "    newer rows with their unique values %s: %s%n",
            dryRun ? "would give way to" : "gave way", Texts.count(newer, "row", "rows"));
      }
    } else if (table.conflicts() > 0) {
      out.printf(
          "    %s cannot come back, as a newer row has their place; --overwrite replaces newer"
              + " rows:%n",
          Texts.count(table.conflicts(), "row", "rows"));
      table
          .conflicting()
          .forEach(c -> out.printf("    ! %s: %s%n", c.index(), RowText.of(c.row())));
      ellipsis(table.conflicts(), table.conflicting());
    }
  }

  private void forbidden(String database, TableRescue table) {
    if (table.forbidden() > 0) {
      out.printf(
          "    %s cannot come back, as the table does not allow them; `wb-backup restore %s --to"
              + " DIR --only %s` unpacks them beside the live data:%n",
          Texts.count(table.forbidden(), "row", "rows"), result.snapshotId(), database);
      table.forbidding().forEach(f -> out.printf("    ! %s: %s%n", f.rule(), RowText.of(f.row())));
      ellipsis(table.forbidden(), table.forbidding());
    }
  }

  private void doubtful(TableRescue table) {
    if (table.doubtful() > 0) {
      out.printf(
          "    %s left out, as another row has the number by now, perhaps a newer form of it;"
              + " --keyless would bring it back beside that%n",
          Texts.count(table.doubtful(), "row without a key is", "rows without a key are"));
    }
  }

  private void orphans(TableRescue table) {
    if (table.orphans() > 0) {
      out.printf(
          "    %s left out, as what they refer to is not there:%n",
          Texts.count(table.orphans(), "row is", "rows are"));
      table.orphaned().forEach(o -> out.printf("    ! %s: %s%n", o.parent(), RowText.of(o.row())));
      ellipsis(table.orphans(), table.orphaned());
    }
  }

  private void changes(TableRescue table) {
    long changed = table.changed() == null ? 0 : table.changed();
    if (changed > 0 && !table.overwrites()) {
      out.printf(
          "    %s there but different; --include-changed would undo that%n",
          Texts.count(changed, "row is", "rows are"));
    } else if (changed > 0 && dryRun) {
      out.printf(
          "    %s there but different; would become what %s%n",
          Texts.count(changed, "row is", "rows are"), was(changed));
    } else if (changed > 0) {
      out.printf(
          "    %s became what %s%n",
          Texts.count(table.overwritten(), "row", "rows"), was(table.overwritten()));
      if (table.overwritten() < changed) {
        out.printf(
            "    %s stay different: others have their unique values, or their parents are gone%n",
            Texts.count(changed - table.overwritten(), "row", "rows"));
      }
    }
  }

  private static String was(long rows) {
    return rows == 1 ? "it was" : "they were";
  }

  private void ellipsis(long all, List<?> shown) {
    if (all > shown.size()) {
      out.printf("    … and %s more%n", Texts.grouped(all - shown.size()));
    }
  }

  private void columns(String how, String why, List<String> columns) {
    if (!columns.isEmpty()) {
      out.printf("    %s %s, %s%n", how, String.join(", ", columns), why);
    }
  }
}
