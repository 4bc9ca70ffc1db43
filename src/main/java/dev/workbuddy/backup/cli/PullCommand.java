package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.backup.PullResult;
import dev.workbuddy.backup.capability.DataPull;
import dev.workbuddy.backup.io.Space;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "pull",
    description = "Fetch a snapshot from a remote into the local history, and verify it.")
final class PullCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(
      paramLabel = "ID",
      description =
          "An id, the beginning of one, or latest; of another machine with its name before it:"
              + " laptop/latest.")
  private String id;

  @Option(
      names = "--from",
      paramLabel = "REMOTE",
      description =
          "directory:/path, rclone:name:path or github:owner/name; else the first configured one"
              + " that has it.")
  private @Nullable String from;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataPull(), new DataPull.Parameters(id, from), PullCommand::print);
  }

  private static void print(PullResult result, PrintStream out) {
    out.printf(
        "%s from %s is in %s, %s%s%n",
        result.snapshotId(),
        result.remote(),
        result.directory(),
        Space.text(result.bytes()),
        result.unchecked() == null ? ", its checksums are right" : "");
    if (result.unchecked() != null) {
      out.println("Note: " + result.unchecked() + ".");
    }
    if (result.passedOver() != null) {
      out.println("Note: " + result.passedOver() + ".");
    }
  }
}
