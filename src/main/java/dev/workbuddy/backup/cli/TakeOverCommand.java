package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.backup.TakenOver;
import dev.workbuddy.backup.capability.DataTakeOver;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "take-over",
    description = "Continue the history of a lost data root, after a restore from it.")
final class TakeOverCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Parameters(
      paramLabel = "SNAPSHOT",
      arity = "0..1",
      description = "A snapshot of that history that is here: an id, or a beginning of one.")
  private @Nullable String snapshot;

  @Option(
      names = "--apart",
      description = "Give this data root, a copy of another one, a history of its own instead.")
  private boolean apart;

  @Option(names = "--dry-run", description = "Only show whose history that is.")
  private boolean dryRun;

  @Mixin private YesOption yes = new YesOption();

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.runAgreed(
        session.capabilities().dataTakeOver(),
        new DataTakeOver.Parameters(snapshot, apart, dryRun),
        session.person(yes.given() || dryRun, TakeOverCommand::print),
        null,
        TakeOverCommand::print);
  }

  private static void print(TakenOver result, PrintStream out) {
    if (result.apart()) {
      out.printf(
          result.dryRun()
              ? "Would begin a history of its own for %s.%n"
              : "%s has a history of its own from now on. The next `wb-backup now` begins it.%n",
          result.host());
      return;
    }
    if (result.own()) {
      out.printf("%s is of this data root's history already.%n", result.snapshotId());
      return;
    }
    out.printf(
        "%s the history %s, whose %s was taken on %s.%n",
        result.dryRun() ? "Would go on with" : "Goes on with",
        result.mark(),
        result.snapshotId(),
        result.host());
    out.println(
        "That data root must not be used any more: the two would sweep each other's snapshots.");
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
  }
}
