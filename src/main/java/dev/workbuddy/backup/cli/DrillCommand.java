package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataDrill;
import dev.workbuddy.backup.drill.DrillResult;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.runs.RunError;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "drill",
    description = {
      "Rehearse a restore: fetch the newest snapshot from each remote, restore it into a scratch"
          + " directory with every check and migration, measure the time, delete it again.",
      "Live data is not touched, and the application may run meanwhile."
    })
final class DrillCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Option(
      names = "--from",
      paramLabel = "REMOTE",
      description =
          "directory:/path, rclone:name:path or github:owner/name; else each configured one.")
  private @Nullable String from;

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description =
          "An id, or the beginning of one; of another machine with its name before it:"
              + " laptop/latest.")
  private @Nullable String snapshot;

  @Option(names = "--local", description = "Of the history on this machine; no remote is asked.")
  private boolean local;

  @Option(
      names = "--or-local",
      description = "Use the history on this machine if no remote is configured.")
  private boolean orLocal;

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().dataDrill(),
        new DataDrill.Parameters(from, snapshot, local, orLocal),
        DrillCommand::print);
  }

  private static void print(DrillResult result, PrintStream out) {
    for (DrillRecord drill : result.drills()) {
      if (drill.isProven()) {
        proven(drill, out);
      } else {
        failed(drill, out);
      }
      drill.warnings().forEach(warning -> out.println("  Warning: " + warning));
    }
  }

  private static void proven(DrillRecord drill, PrintStream out) {
    out.printf("%s: proven with %s%n", place(drill), drill.snapshotId());
    out.printf(
        "  %s, %s, %s restored and checked in %s (%s to fetch, %s to restore)%n",
        Texts.count(drill.databases(), "database", "databases"),
        Texts.count(drill.rows(), "row", "rows"),
        Space.text(drill.bytes()),
        Texts.seconds(drill.recoveryMillis()),
        Texts.seconds(drill.fetchMillis()),
        Texts.seconds(drill.restoreMillis()));
    if (drill.smokeMillis() > 0) {
      out.printf("  The smoke command ended well in %s%n", Texts.seconds(drill.smokeMillis()));
    }
    out.printf(
        "  A restore now would lose what was written since, %s%n",
        Texts.age(drill.recoveryPointSeconds()));
  }

  private static void failed(DrillRecord drill, PrintStream out) {
    out.printf(
        "%s: NOT PROVEN%s%n",
        place(drill), drill.snapshotId() == null ? "" : " with " + drill.snapshotId());
    RunError error = drill.error();
    if (error != null) {
      out.printf("  %s [%s]%n", error.message(), error.code());
      if (!error.hint().isEmpty()) {
        out.println("  " + error.hint());
      }
    }
  }

  private static String place(DrillRecord drill) {
    return drill.place().equals(DrillRecord.LOCAL) ? "This machine's history" : drill.place();
  }
}
