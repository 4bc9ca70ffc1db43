package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.backup.PushResult;
import dev.workbuddy.backup.capability.DataPush;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "push",
    description = "Push a snapshot to every configured remote, and verify the copies.")
final class PushCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "An id, the beginning of one, or latest.")
  private @Nullable String id;

  @Option(names = "--all-missing", description = "All snapshots missing from a remote.")
  private boolean allMissing;

  @Option(
      names = "--accept",
      paramLabel = "REMOTE",
      description = "Take this remote's place as it is now: it was emptied or replaced on purpose.")
  private @Nullable String accept;

  @Override
  public Integer call() throws Exception {
    if ((id == null) != allMissing) {
      throw new BackupException(
          ErrorCode.USAGE, "push what?", "Give an id, or latest, or --all-missing.");
    }
    Session session = root.session();
    return session.run(
        session.capabilities().dataPush(), new DataPush.Parameters(id, accept), PushCommand::print);
  }

  private static void print(PushResult result, PrintStream out) {
    RemoteTexts.print(result.remotes(), out);
  }
}
