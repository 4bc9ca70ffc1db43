package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataRescue;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.recovery.RescueResult;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rescue",
    description = "Bring back lost rows and keep all that was written since; a dry run at first.")
final class RescueCommand implements Callable<Integer> {
  /** What wakes on rows that come back. */
  enum Switch {
    on,
    off
  }

  @ParentCommand private WbBackup root;

  @Parameters(
      paramLabel = "ID",
      description =
          "An id, the beginning of one, or latest: the newest complete one that neither raised an"
              + " alarm nor was taken before a rescue or migration.")
  private String id;

  @Option(
      names = "--db",
      paramLabel = "NAME",
      split = ",",
      description = "Only these databases, by logical name.")
  private Set<String> databases = new LinkedHashSet<>();

  @Option(names = "--table", paramLabel = "NAME", split = ",", description = "Only these tables.")
  private Set<String> tables = new LinkedHashSet<>();

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows of the one --table for which this is true.")
  private @Nullable String where;

  @Option(
      names = "--include-changed",
      description = "Also give rows that differ the values that they had.")
  private boolean includeChanged;

  @Option(
      names = "--overwrite",
      description = "Newer rows give way to lost ones that have the same unique value.")
  private boolean overwrite;

  @Option(
      names = "--keyless",
      description = "Also tables without a primary key; their rows are told apart by content.")
  private boolean keyless;

  @Option(
      names = "--triggers",
      paramLabel = "on|off",
      defaultValue = "off",
      description = "Whether the live database's triggers see the rows come (default off).")
  private Switch triggers;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Bring back at most N rows in one transaction, so that a failure leaves what came before"
              + " it (default: all in one).")
  private @Nullable Integer batch;

  @Option(names = "--apply", description = "Do it, after a snapshot of what is there now.")
  private boolean apply;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    if (apply && session.asks(yes)) {
      RescueResult plan = session.call(session.capabilities().dataRescue(), parameters(false));
      print(plan, root.environment().err());
      session.confirm("Bring these rows back?");
    }
    return session.run(session.capabilities().dataRescue(), parameters(apply), this::print);
  }

  private DataRescue.Parameters parameters(boolean applied) {
    return new DataRescue.Parameters(
        id,
        databases,
        tables,
        where,
        includeChanged,
        overwrite,
        keyless,
        triggers == Switch.on,
        rows(batch),
        applied);
  }

  private static int rows(@Nullable Integer batch) {
    if (batch != null && batch < 1) {
      throw new BackupException(
          ErrorCode.USAGE,
          "--batch wants at least 1 row, not " + batch,
          "Leave it out to bring all rows back in one transaction.");
    }
    return batch == null ? 0 : batch;
  }

  private void print(RescueResult result, PrintStream out) {
    out.printf(
        "%s from %s%n", result.dryRun() ? "Would bring back" : "Brought back", result.snapshotId());
    boolean any = false;
    for (RescueResult.DatabaseRescue database : result.databases()) {
      for (RescueResult.TableRescue table : database.tables()) {
        any |= print(database.database(), table, result.dryRun(), out);
      }
      database.leftOut().forEach(left -> leftOut(database.database(), left, out));
    }
    for (RescueResult.LeftDatabase left : result.left()) {
      out.printf("  %s  left as it is: %s%n", left.database(), left.reason());
      if (!result.toRestore().contains(left.database())) {
        out.println("    " + left.hint());
      }
    }
    outOfReach(result, out);
    if (!any && result.left().isEmpty() && result.outOfReach() == 0) {
      out.println("  Nothing: no row of the snapshot is missing.");
    }
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
    if (result.snapshotBefore() != null) {
      out.println("What was there before is in " + result.snapshotBefore());
      out.println("To do it again, or with other options: " + repeat(result.snapshotId()));
    }
    if (any && result.dryRun()) {
      out.println("Nothing was changed. Do it with: " + repeat(result.snapshotId()));
    }
  }

  /** The same command with the id: {@code latest} may mean another snapshot by then. */
  private String repeat(String snapshotId) {
    StringBuilder command = new StringBuilder("wb-backup rescue " + snapshotId);
    option(command, "--db", String.join(",", databases));
    option(command, "--table", String.join(",", tables));
    option(command, "--where", where == null ? "" : where);
    option(command, "--batch", batch == null ? "" : batch.toString());
    option(command, "--triggers", triggers == Switch.on ? triggers.name() : "");
    command.append(includeChanged ? " --include-changed" : "");
    command.append(overwrite ? " --overwrite" : "");
    command.append(keyless ? " --keyless" : "");
    return command.append(" --apply").toString();
  }

  private static void option(StringBuilder command, String name, String value) {
    if (!value.isEmpty()) {
      boolean plain = value.matches("[\\w.,-]+");
      String quoted = plain ? value : "'" + value.replace("'", "'\\''") + "'";
      command.append(' ').append(name).append(' ').append(quoted);
    }
  }

  private static void outOfReach(RescueResult result, PrintStream out) {
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

  private static void leftOut(String database, RescueResult.LeftOut left, PrintStream out) {
    out.printf("  %s.%s  left out: %s%n", database, left.table(), left.reason());
    if (left.missing() > 0) {
      out.printf(
          "    %s fewer than in the snapshot. %s%n",
          Texts.count(left.missing(), "row", "rows"), left.hint());
    }
  }

  private static boolean print(
      String database, RescueResult.TableRescue table, boolean dryRun, PrintStream out) {
    Long changed = table.changed();
    if (table.missing() == 0 && (changed == null || changed == 0)) {
      return false;
    }
    long back = dryRun ? table.coming() : table.restored();
    out.printf("  %s.%s  %s%n", database, table.table(), Texts.count(back, "row", "rows"));
    if (dryRun) {
      table.samples().forEach(row -> out.println("    + " + RowText.of(row)));
      ellipsis(back, table.samples(), out);
    }
    conflicts(table, dryRun, out);
    orphans(table, out);
    changes(table, dryRun, out);
    columns("without", "which the live table no longer has", table.onlyInSnapshot(), out);
    columns("with the default in", "which the snapshot lacks", table.onlyLive(), out);
    return true;
  }

  private static void conflicts(RescueResult.TableRescue table, boolean dryRun, PrintStream out) {
    if (table.replaces()) {
      long newer = dryRun ? table.conflicts() : table.replaced();
      if (newer > 0) {
        out.printf(
            "    newer rows with their unique values %s: %s%n",
            dryRun ? "would give way to" : "gave way", Texts.count(newer, "row", "rows"));
      }
    } else if (table.conflicts() > 0) {
      out.printf(
          "    %s cannot come back, a newer row has their place; --overwrite would replace it:%n",
          Texts.count(table.conflicts(), "row", "rows"));
      table
          .conflicting()
          .forEach(c -> out.printf("    ! %s: %s%n", c.index(), RowText.of(c.row())));
      ellipsis(table.conflicts(), table.conflicting(), out);
    }
  }

  private static void orphans(RescueResult.TableRescue table, PrintStream out) {
    if (table.orphans() > 0) {
      out.printf(
          "    %s left out, as what they refer to is not there:%n",
          Texts.count(table.orphans(), "row is", "rows are"));
      table.orphaned().forEach(o -> out.printf("    ! %s: %s%n", o.parent(), RowText.of(o.row())));
      ellipsis(table.orphans(), table.orphaned(), out);
    }
  }

  private static void changes(RescueResult.TableRescue table, boolean dryRun, PrintStream out) {
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

  private static void ellipsis(long all, List<?> shown, PrintStream out) {
    if (all > shown.size()) {
      out.printf("    … and %s more%n", Texts.grouped(all - shown.size()));
    }
  }

  private static void columns(String how, String why, List<String> columns, PrintStream out) {
    if (!columns.isEmpty()) {
      out.printf("    %s %s, %s%n", how, String.join(", ", columns), why);
    }
  }
}
