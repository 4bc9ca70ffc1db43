package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataHold;
import dev.workbuddy.backup.capability.HoldResult;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "hold", description = "Keep a snapshot from every sweep, or release it again.")
final class HoldCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(paramLabel = "ID", description = "An id, the beginning of one, or latest.")
  private String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "held by hand",
      description = "Why; shown in lists.")
  private String reason;

  @Option(names = "--release", description = "Release it.")
  private boolean release;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataHold(),
        new DataHold.Parameters(id, reason, release),
        HoldCommand::print);
  }

  private static void print(HoldResult result, PrintStream out) {
    out.println(
        result.hold() == null
            ? result.snapshotId() + " is released"
            : result.snapshotId() + " is held: " + result.hold().reason());
    result.warnings().forEach(warning -> out.println("Not everywhere: " + warning));
  }
}
