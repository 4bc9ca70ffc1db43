package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.capability.DataBackup;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.snapshot.Manifest;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(name = "now", description = "Take a snapshot of every vital database.")
final class NowCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(
      names = "--manual",
      description = "Keep it in the manual retention bucket, for example before something risky.")
  private boolean manual;

  @Option(names = "--label", paramLabel = "TEXT", description = "A short description.")
  private @Nullable String label;

  @Option(names = "--no-push", description = "Do not push to the remotes in this run.")
  private boolean noPush;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    session.environment().giveWay().run();
    return session.run(
        session.capabilities().dataBackup(),
        new DataBackup.Parameters(manual, label, !noPush),
        NowCommand::print);
  }

  private static void print(BackupResult result, PrintStream out) {
    long rows = result.databases().stream().mapToLong(BackupResult.Saved::rows).sum();
    out.printf(
        "%s  %s, %s, %s packed to %s in %s%n",
        result.snapshotId(),
        Texts.count(result.databases().size(), "database", "databases"),
        Texts.count(rows, "row", "rows"),
        Space.text(result.databaseBytes()),
        Space.text(result.bytes()),
        Texts.seconds(result.durationMillis()));
    for (Manifest.Missing missing : result.missing()) {
      out.printf("NOT SAVED: %s (%s): %s%n", missing.database(), missing.file(), missing.detail());
    }
    AlarmTexts.print(result.openAlarms(), result.snapshotId(), out);
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
    if (!result.swept().isEmpty()) {
      out.printf(
          "Swept %s.%n", Texts.count(result.swept().size(), "old snapshot", "old snapshots"));
    }
    RemoteTexts.print(
        result.remotes().stream().filter(report -> !report.isUnwanted()).toList(), out);
  }
}
