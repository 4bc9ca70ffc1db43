package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataPrune;
import dev.workbuddy.backup.capability.PruneResult;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "prune",
    description = "Delete the snapshots that retention no longer keeps; says why the others stay.")
final class PruneCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(names = "--dry-run", description = "Only show the plan.")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    var prune = session.capabilities().dataPrune();
    if (!dryRun && session.asks(yes)) {
      PruneResult plan = session.call(prune, new DataPrune.Parameters(true));
      if (plan.decisions().stream().allMatch(PruneResult.Decision::keep)) {
        return session.print(plan, PruneCommand::print);
      }
      print(plan, root.environment().err());
      session.confirm("Delete them?");
    }
    return session.run(prune, new DataPrune.Parameters(dryRun), PruneCommand::print);
  }

  private static void print(PruneResult result, PrintStream out) {
    Table table = new Table().text("SNAPSHOT").text("FATE").text("REASONS");
    for (PruneResult.Decision decision : result.decisions()) {
      table.row(
          decision.id().toString(),
          decision.keep() ? "keep" : "delete",
          String.join(", ", decision.reasons()));
    }
    table.print(out);
    AlarmTexts.print(result.openAlarms(), null, out);
    if (!result.dryRun()) {
      out.printf("Deleted %s.%n", Texts.count(result.deleted().size(), "snapshot", "snapshots"));
    }
  }
}
