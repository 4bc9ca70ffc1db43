package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.Consent;
import dev.workbuddy.backup.capability.DataPrune;
import dev.workbuddy.backup.capability.PruneResult;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "prune",
    description = {
      "Delete the snapshots that retention no longer keeps, here and on the configured remotes, and"
          + " explain why the others stay.",
      "While an alarm is open it deletes nothing anywhere, and ends with 3 if something was due; it"
          + " ends with 5 if a remote could not be swept."
    })
final class PruneCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(names = "--dry-run", description = "Only show the plan.")
  private boolean dryRun;

  @Option(names = "--local", description = "Leave the remotes alone.")
  private boolean local;

  @Mixin private YesOption yes = new YesOption();

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.runAgreed(
        session.capabilities().dataPrune(),
        new DataPrune.Parameters(dryRun, local),
        session
            .<PruneResult>person(yes.given() || dryRun, PruneCommand::print)
            .map(PruneCommand::ifAnyGoes),
        null,
        PruneCommand::print);
  }

  /** A sweep that deletes nothing is no question; held to its plan, it cannot delete anything. */
  private static Consent<PruneResult> ifAnyGoes(Consent<PruneResult> person) {
    return (plan, stakes) -> plan.keepsAll() ? Optional.of(true) : person.agreesTo(plan, stakes);
  }

  private static void print(PruneResult result, PrintStream out) {
    print(result.decisions(), result.deleted(), result.dryRun(), out);
    result.problems().forEach(problem -> out.println("NOT DELETED: " + problem));
    for (PruneResult.OnRemote remote : result.remotes()) {
      out.printf("%n%s%n", remote.name());
      if (!remote.decisions().isEmpty()) {
        print(remote.decisions(), remote.deleted(), result.dryRun(), out);
      }
      remote.tidied().forEach(done -> out.println("Tidied up: " + done + "."));
      if (remote.problem() != null) {
        out.printf("NOT SWEPT: %s%n  %s%n", remote.problem(), remote.hint());
      }
    }
    AlarmTexts.print(result.openAlarms(), null, out);
  }

  private static void print(
      List<PruneResult.Decision> decisions,
      List<SnapshotId> deleted,
      boolean dryRun,
      PrintStream out) {
    Table table = new Table().text("SNAPSHOT").text("FATE").text("REASONS");
    for (PruneResult.Decision decision : decisions) {
      table.row(
          decision.id().toString(),
          decision.keep() ? "keep" : "delete",
          String.join(", ", decision.reasons()));
    }
    table.print(out);
    if (!dryRun) {
      out.printf("Deleted %s.%n", Texts.count(deleted.size(), "snapshot", "snapshots"));
    }
  }
}
