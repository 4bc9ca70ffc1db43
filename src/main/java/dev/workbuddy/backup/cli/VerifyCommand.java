package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataVerify;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.restore.VerifyResult;
import dev.workbuddy.backup.sqlite.Soundness;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "verify",
    description = "Prove that snapshots can be restored, without touching the live databases.")
final class VerifyCommand implements Callable<Integer> {
  private static final String LATEST = "latest";

  @ParentCommand private WbBackup root;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "An id, the beginning of one, or latest (default: latest).")
  private @Nullable String id;

  @Option(names = "--all", description = "Every snapshot.")
  private boolean all;

  @Override
  public Integer call() throws Exception {
    if (all && id != null) {
      throw new BackupException(
          ErrorCode.USAGE,
          "--all means every snapshot; leave out " + id,
          "Leave out --all, or the id.");
    }
    Session session = root.session();
    String snapshot = all ? null : id == null ? LATEST : id;
    return session.run(
        session.capabilities().dataVerify(),
        new DataVerify.Parameters(snapshot),
        VerifyCommand::print);
  }

  private static void print(VerifyResult result, PrintStream out) {
    if (result.equals(new VerifyResult(List.of(), List.of(), List.of()))) {
      out.println("No snapshots to verify.");
    }
    for (VerifyResult.Verified verified : result.snapshots()) {
      if (verified.sound()) {
        out.printf(
            "%s  %s: %s, %s, checked in %s%n",
            verified.snapshotId(),
            verified.soundness() == Soundness.SOUND ? "sound" : "flagged, and can be restored",
            Texts.count(verified.databases(), "database", "databases"),
            Texts.count(verified.rows(), "row", "rows"),
            Texts.seconds(verified.durationMillis()));
      } else {
        out.printf("%s  DAMAGED%n", verified.snapshotId());
        verified.damage().forEach(f -> out.printf("  %s [%s]%n", f.text(), f.code().word()));
        if (verified.next() != null) {
          out.println("  " + verified.next());
        }
      }
      verified.warnings().forEach(warning -> out.println("  Warning: " + warning));
    }
    for (VerifyResult.Unchecked unchecked : result.unchecked()) {
      out.printf(
          "%s  NOT CHECKED: %s [%s]%n",
          unchecked.snapshotId(), unchecked.problem().text(), unchecked.problem().code().word());
    }
    result.skipped().forEach(id -> out.println(id + "  skipped: a sweep deleted it meanwhile"));
  }
}
