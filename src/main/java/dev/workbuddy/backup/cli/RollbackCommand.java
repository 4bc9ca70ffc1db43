package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataRollback;
import dev.workbuddy.backup.restore.RollbackResult;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rollback",
    description = "Take the last restore back: the data that it replaced returns.")
final class RollbackCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    if (session.asks(yes)) {
      session.confirm("Replace the live databases by those from before the last restore?");
    }
    return session.run(
        session.capabilities().dataRollback(),
        new DataRollback.Parameters(),
        RollbackCommand::print);
  }

  private static void print(RollbackResult result, PrintStream out) {
    out.printf("Took back: %s%n", result.undone());
    result.databases().forEach(database -> out.println("  " + database));
    out.printf("What was there until now is in %s.%n", result.kept());
  }
}
