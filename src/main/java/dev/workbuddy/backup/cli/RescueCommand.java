package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataRescue;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.rescue.RescueResult;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rescue",
    description = "Restore lost rows and keep newer changes (a dry run unless --apply).")
final class RescueCommand implements Callable<Integer> {
  /** What wakes on rows that come back. */
  enum Switch {
    on,
    off
  }

  @ParentCommand private WbBackup root;

  @Mixin private SoundSnapshotArgument snapshot = new SoundSnapshotArgument();

  @Mixin private TableOptions scope = new TableOptions();

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "Only rows of the --table that match this SQL condition.")
  private @Nullable String where;

  @Option(names = "--include-changed", description = "Restore the old values of changed rows, too.")
  private boolean includeChanged;

  @Option(
      names = "--overwrite",
      description = "Replace newer rows that have the same unique value as a lost one.")
  private boolean overwrite;

  @Option(
      names = "--keyless",
      description =
          "Restore rows without a primary key even where another row has taken their rowid, which"
              + " may be a newer version of them.")
  private boolean keyless;

  @Option(
      names = "--recreate",
      description = "Recreate dropped tables, with their indexes, triggers and views.")
  private boolean recreate;

  @Option(
      names = "--triggers",
      paramLabel = "on|off",
      defaultValue = "off",
      description = "Fire the live database's triggers for restored rows (default off).")
  private Switch triggers;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Bring back at most N rows in one transaction (default: as many as a writer can wait"
              + " for).")
  private @Nullable Integer batch;

  @Option(
      names = "--apply",
      description = "Restore the rows, after a snapshot of the current data.")
  private boolean apply;

  @Mixin private YesOption yes = new YesOption();

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.runAgreed(
        session.capabilities().dataRescue(),
        parameters(),
        session.person(yes.given() || !apply, this::print),
        null,
        this::print);
  }

  private DataRescue.Parameters parameters() {
    return new DataRescue.Parameters(
        snapshot.id(),
        scope.databases(),
        scope.tables(),
        where,
        includeChanged,
        overwrite,
        keyless,
        recreate,
        triggers == Switch.on,
        rows(batch),
        apply);
  }

  private static int rows(@Nullable Integer batch) {
    if (batch != null && batch < 1) {
      throw new BackupException(
          ErrorCode.USAGE,
          "--batch wants at least 1 row, not " + batch,
          "Leave it out for as many as a writer can wait for.");
    }
    return batch == null ? 0 : batch;
  }

  private void print(RescueResult result, PrintStream out) {
    RescueTexts.print(result, repeat(result.snapshotId()), out);
  }

  /**
   * Returns this command with the snapshot's id, since {@code latest} may mean another snapshot by
   * then.
   */
  private String repeat(String snapshotId) {
    StringBuilder command = new StringBuilder("wb-backup rescue " + snapshotId);
    option(command, "--db", String.join(",", scope.databases()));
    option(command, "--table", String.join(",", scope.tables()));
    option(command, "--where", where == null ? "" : where);
    option(command, "--batch", batch == null ? "" : batch.toString());
    option(command, "--triggers", triggers == Switch.on ? triggers.name() : "");
    command.append(includeChanged ? " --include-changed" : "");
    command.append(overwrite ? " --overwrite" : "");
    command.append(keyless ? " --keyless" : "");
    command.append(recreate ? " --recreate" : "");
    return command.append(" --apply").toString();
  }

  private static void option(StringBuilder command, String name, String value) {
    if (!value.isEmpty()) {
      boolean plain = value.matches("[\\w.,-]+");
      String quoted = plain ? value : "'" + value.replace("'", "'\\''") + "'";
      command.append(' ').append(name).append(' ').append(quoted);
    }
  }
}
