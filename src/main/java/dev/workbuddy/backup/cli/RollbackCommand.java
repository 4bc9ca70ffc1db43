package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataRollback;
import dev.workbuddy.backup.restore.RollbackResult;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rollback",
    description = "Undo the last restore: the data that it replaced returns.")
final class RollbackCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(
      names = "--dry-run",
      description = "Show which restore would be undone, and change nothing.")
  private boolean dryRun;

  @Mixin private YesOption yes = new YesOption();

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.runAgreed(
        session.capabilities().dataRollback(),
        new DataRollback.Parameters(dryRun),
        session.person(yes.given() || dryRun, RollbackCommand::print),
        dryRun ? null : root.workspace().whereabouts(),
        RollbackCommand::print);
  }

  private static void print(RollbackResult result, PrintStream out) {
    out.printf(
        "%s: %s%s%n",
        result.dryRun() ? "Would take back" : "Took back",
        result.undone(),
        result.restoredAt() == null ? "" : ", restored at " + result.restoredAt());
    result.databases().forEach(database -> out.println("  " + database));
    if (!result.dryRun()) {
      out.printf("The replaced data was saved to %s.%n", result.kept());
    }
    for (String warning : result.warnings()) {
      out.println("Warning: " + warning);
    }
  }
}
