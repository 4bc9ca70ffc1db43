package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.DataRestore;
import dev.workbuddy.backup.io.Moment;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.restore.ReplacedDatabase;
import dev.workbuddy.backup.restore.RestorePlan;
import dev.workbuddy.backup.restore.RestoreResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "restore",
    description = "Replace the live databases by a snapshot; the replaced data is kept.")
final class RestoreCommand implements Callable<Integer> {
  @ParentCommand private WbBackup root;

  @Mixin private SoundSnapshotArgument snapshot = new SoundSnapshotArgument();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Restore only these databases, by logical name; the others stay unchanged.")
  private Set<String> only = new LinkedHashSet<>();

  @Option(
      names = "--also",
      paramLabel = "NAME",
      split = ",",
      description =
          "Restore these databases, too, which the snapshot holds and the configuration does not"
              + " name; they go to their places in the snapshot.")
  private Set<String> also = new LinkedHashSet<>();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Unpack into a new directory and check; the live databases stay unchanged.")
  private @Nullable Path to;

  @Option(
      names = "--from",
      paramLabel = "REMOTE",
      description =
          "Fetch it from directory:/path, rclone:name:path or github:owner/name first; no"
              + " configuration is needed.")
  private @Nullable String from;

  @Option(names = "--no-migrate", description = "Keep the schema version of the snapshot.")
  private boolean noMigrate;

  @Option(names = "--dry-run", description = "Show what would be done, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--force",
      description = "Override safety checks; damaged data is always refused.")
  private boolean force;

  @Mixin private YesOption yes = new YesOption();

  @Override
  public Integer call() throws Exception {
    Session session = root.session();
    boolean replaces = !dryRun && to == null;
    return session.runAgreed(
        session.capabilities().dataRestore(),
        parameters(),
        session.person(yes.given() || !replaces, RestoreCommand::print),
        replaces ? root.workspace().whereabouts() : null,
        RestoreCommand::print);
  }

  private DataRestore.Parameters parameters() {
    Path target = to == null ? null : root.environment().workingDirectory().resolve(to).normalize();
    return new DataRestore.Parameters(
        snapshot.id(), force, only, also, noMigrate, dryRun, from, target);
  }

  private static void print(RestoreResult result, PrintStream out) {
    RestorePlan plan = result.plan();
    out.printf(
        "%s %s (data of %s) %s %s%n",
        result.dryRun() ? "Would restore" : "Restored",
        plan.snapshotId(),
        plan.takenAt(),
        plan.live() ? "over" : "to",
        plan.target());
    for (RestorePlan.Planned database : plan.databases()) {
      out.printf(
          "  %s  %s, %s, %s%s%n",
          database.name(),
          database.file(),
          Texts.count(database.rows(), "row", "rows"),
          Space.text(database.bytes()),
          database.replaces() || !plan.live()
              ? ""
              : result.dryRun() ? ", not there now" : ", was not there before");
      Migration migration =
          result.dryRun() ? database.migration() : result.migrated().get(database.name());
      if (migration != null) {
        Climbs.print(migration, result.dryRun(), out);
      }
    }
    new TreeMap<>(plan.beside())
        .forEach((entry, place) -> out.printf("  %s  %s, no database%n", entry, place));
    result.warnings().forEach(warning -> out.println("Warning: " + warning));
    if (result.dryRun()) {
      return;
    }
    out.printf(
        "Checked: %srow counts, integrity, foreign keys. Took %s.%n",
        result.plan().checksums() ? "checksums, " : "", Texts.seconds(result.durationMillis()));
    AlarmTexts.printClosed(result.closedAlarms(), out);
    for (ReplacedDatabase old : result.replaced()) {
      out.printf(
          "Replaced %s: %s, last written at %s.%n",
          old.file(), Space.text(old.bytes()), Moment.text(old.writtenAt()));
    }
    if (result.kept() != null) {
      out.printf("The old data is in %s; `wb-backup rollback` brings it back.%n", result.kept());
    }
  }
}
