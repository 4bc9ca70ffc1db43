package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataHold;
import dev.workbuddy.backup.capability.HoldResult;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "hold", description = "Protect a snapshot from deletion, or release it again.")
final class HoldCommand implements Callable<Integer> {
  private static final String BY_HAND = "held by hand";

  @ParentCommand private WbBackup root;

  @Parameters(paramLabel = "ID", description = "An id, the beginning of one, or latest.")
  private String id;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; shown in lists. Default: held by hand.")
  private @Nullable String reason;

  @Option(names = "--release", description = "Release it.")
  private boolean release;

  @Override
  public Integer call() throws Exception {
    if (release && reason != null) {
      throw new BackupException(
          ErrorCode.USAGE,
          "--release takes the hold away; it wants no --reason",
          "Leave out --reason.");
    }
    Session session = root.session();
    return session.run(
        session.capabilities().dataHold(),
        new DataHold.Parameters(id, reason == null ? BY_HAND : reason, release, false),
        HoldCommand::print);
  }

  private static String state(HoldResult result) {
    if (result.hold() != null) {
      return "is held: " + result.hold().reason();
    }
    return result.before() == null ? "was not held" : "is released";
  }

  private static void print(HoldResult result, PrintStream out) {
    out.println(result.snapshotId() + " " + state(result));
    result.warnings().forEach(warning -> out.println("Not everywhere: " + warning));
  }
}
