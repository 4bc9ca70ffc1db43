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
    description = "Take the last restore back: the data that it replaced returns.")
final class RollbackCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(names = "--dry-run", description = "Only show which restore would be taken back.")
  private boolean dryRun;

  @Mixin private YesOption yes = new YesOption();

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    if (!dryRun && session.asks(yes.given())) {
      RollbackResult plan =
          session.call(session.capabilities().dataRollback(), new DataRollback.Parameters(true));
      print(plan, root.environment().err());
      session.confirm("Replace the live databases by those from before that?");
    }
    DataRollback.Parameters parameters = new DataRollback.Parameters(dryRun);
    return dryRun
        ? session.run(session.capabilities().dataRollback(), parameters, RollbackCommand::print)
        : session.runReplacing(
            session.capabilities().dataRollback(),
            parameters,
            root.workspace().whereabouts(),
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
      out.printf("What was there until now is in %s.%n", result.kept());
    }
    for (String warning : result.warnings()) {
      out.println("Warning: " + warning);
    }
  }
}
