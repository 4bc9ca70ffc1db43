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
    description = "Bring back lost rows and keep all that was written since; a dry run at first.")
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
      description =
          "Also rows without a primary key whose number another row has by now, which may be a"
              + " newer form of them.")
  private boolean keyless;

  @Option(
      names = "--recreate",
      description = "Make dropped tables again, with their indexes, triggers and views.")
  private boolean recreate;

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
          "Bring back at most N rows in one transaction (default: as many as a writer can wait"
              + " for).")
  private @Nullable Integer batch;

  @Option(names = "--apply", description = "Do it, after a snapshot of what is there now.")
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

  /** The same command with the id: {@code latest} may mean another snapshot by then. */
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
