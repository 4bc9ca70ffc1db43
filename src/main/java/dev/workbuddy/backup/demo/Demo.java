package dev.workbuddy.backup.demo;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.capability.Capabilities;
import dev.workbuddy.backup.capability.ConfigInit;
import dev.workbuddy.backup.capability.DataBackup;
import dev.workbuddy.backup.capability.DataBackupShow;
import dev.workbuddy.backup.capability.DataRestore;
import dev.workbuddy.backup.capability.DataVerify;
import dev.workbuddy.backup.capability.Migrate;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.migrate.MigrateResult;
import dev.workbuddy.backup.migration.History;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.restore.RestoreResult;
import dev.workbuddy.backup.restore.VerifyResult;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.sqlite.Inspection;
import dev.workbuddy.backup.sqlite.Inspector;
import dev.workbuddy.backup.sqlite.Soundness;
import dev.workbuddy.backup.sqlite.UnusableDatabaseException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The main job told as a story, with real databases, a real writer and a real loss. */
public final class Demo {
  private final Function<Path, Capabilities> capabilitiesIn;
  private final PrintStream out;

  /**
   * A demo that tells its story to a stream.
   *
   * @param capabilitiesIn the capabilities for a configuration directory
   */
  public Demo(Function<Path, Capabilities> capabilitiesIn, PrintStream out) {
    this.capabilitiesIn = capabilitiesIn;
    this.out = out;
  }

  /**
   * Runs the story.
   *
   * @param keep a new directory to work in and leave behind; null for a scratch one that is removed
   */
  public DemoResult run(@Nullable Path keep)
      throws IOException, InterruptedException, SQLException, UnusableDatabaseException {
    Path scratch = scratch(keep);
    try {
      return tell(scratch);
    } finally {
      if (keep == null) {
        DurableFiles.deleteTree(scratch);
      } else {
        out.println("Everything is still in " + scratch);
      }
    }
  }

  private static Path scratch(@Nullable Path keep) throws IOException {
    if (keep == null) {
      return Files.createTempDirectory("wb-backup-demo");
    }
    Path directory = keep.toAbsolutePath().normalize();
    if (Files.exists(directory)) {
      throw new BackupException(
          ErrorCode.TARGET_EXISTS,
          "cannot run the demo in " + directory + ": it exists",
          "Name a directory that does not exist yet.");
    }
    DurableFiles.createDirectories(directory);
    return directory;
  }

  private DemoResult tell(Path scratch)
      throws IOException, InterruptedException, SQLException, UnusableDatabaseException {
    Path live = scratch.resolve(".data/db");
    Capabilities capabilities = capabilitiesIn.apply(scratch);
    SampleLadder ladder = new SampleLadder(scratch);
    SampleDatabases databases = setUp(capabilities, live, ladder);

    BackupResult snapshot;
    try (RunningApplication application = RunningApplication.start(live)) {
      say(
          "The application (pid %d) writes into all of them without pause."
              .formatted(application.pid()));
      snapshot = takeSnapshot(capabilities);
      verify(capabilities);
      int lost = databases.loseItems();
      say("Accident: DELETE without WHERE. %,d rows of tasks are gone.".formatted(lost));
      refuseWhileRunning(capabilities, snapshot.snapshotId());
      say("The application ends after %,d commits.".formatted(application.stop()));
    }
    ladder.release();
    migrate(capabilities);
    say("A new release: two migrations make it schema version %d.".formatted(SampleLadder.LATEST));
    restore(capabilities, snapshot.snapshotId());
    return new DemoResult(snapshot.snapshotId(), prove(capabilities, snapshot.snapshotId(), live));
  }

  private SampleDatabases setUp(Capabilities capabilities, Path live, SampleLadder ladder)
      throws IOException, InterruptedException, SQLException {
    SampleDatabases databases = new SampleDatabases(live);
    databases.create();
    capabilities.configInit().call(new ConfigInit.Parameters(null, false), Progress.silent());
    ladder.begin();
    migrate(capabilities);
    databases.fill(new SplittableRandom(1));
    say(
        "Five databases of a made-up application, at schema version %d, are in %s."
            .formatted(SampleLadder.FIRST, live));
    return databases;
  }

  private static void migrate(Capabilities capabilities) throws IOException, InterruptedException {
    MigrateResult result =
        capabilities
            .migrateRun()
            .call(new Migrate.RunParameters(Set.of(), false, false), Progress.silent());
    require(result.migrated().size() == SampleDatabases.FILES.size(), "a database did not migrate");
  }

  private BackupResult takeSnapshot(Capabilities capabilities)
      throws IOException, InterruptedException {
    BackupResult result =
        capabilities
            .dataBackup()
            .call(new DataBackup.Parameters(false, "demo", false), Progress.silent());
    require(result.status() == Status.DONE, "the snapshot is incomplete");
    say(
        "Snapshot %s: %d databases, %,d rows, in %,d ms; nobody had to wait."
            .formatted(
                result.snapshotId(),
                result.databases().size(),
                result.databases().stream().mapToLong(BackupResult.Saved::rows).sum(),
                result.durationMillis()));
    return result;
  }

  private void verify(Capabilities capabilities) throws IOException, InterruptedException {
    VerifyResult result =
        capabilities.dataVerify().call(new DataVerify.Parameters(null), Progress.silent());
    require(result.status() == Status.DONE, "the snapshot did not verify");
    say("Verified: checksums, integrity, foreign keys and every row count.");
  }

  private void refuseWhileRunning(Capabilities capabilities, String id)
      throws IOException, InterruptedException {
    try {
      restore(capabilities, id);
      throw new IllegalStateException("the restore did not see the running application");
    } catch (BackupException e) {
      require(e.code() == ErrorCode.DATABASE_IN_USE, e.text());
      say("A restore is refused while the application has the databases open.");
    }
  }

  private void restore(Capabilities capabilities, String id)
      throws IOException, InterruptedException {
    RestoreResult result =
        capabilities
            .dataRestore()
            .call(
                new DataRestore.Parameters(id, false, Set.of(), Set.of(), false, false, null, null),
                Progress.silent());
    for (Migration climb : result.migrated().values()) {
      require(climb.from() == SampleLadder.FIRST, "the snapshot was not of the first release");
      require(climb.to() == SampleLadder.LATEST, "the restored data is not of the new release");
    }
    say(
        "Restored %s and migrated it from schema version %d to %d, in %,d ms."
            .formatted(
                result.plan().snapshotId(),
                SampleLadder.FIRST,
                SampleLadder.LATEST,
                result.durationMillis()));
    say(
        "The damaged data is kept in %s."
            .formatted(Path.of(String.valueOf(result.kept())).getFileName()));
  }

  /**
   * Looks into the live databases again, beside everything that the program says of itself.
   *
   * @return how many rows are back
   */
  private long prove(Capabilities capabilities, String id, Path live)
      throws IOException, InterruptedException, UnusableDatabaseException {
    Manifest manifest =
        Objects.requireNonNull(
            capabilities
                .dataBackupShow()
                .call(new DataBackupShow.Parameters(id), Progress.silent())
                .manifest());
    for (Map.Entry<String, Manifest.Database> entry : manifest.databases().entrySet()) {
      Inspection found =
          new Inspector().inspect(live.resolve(entry.getValue().file()), Inspector.Depth.FULL);
      require(found.soundness() == Soundness.SOUND, entry.getKey() + " is not sound");
      require(found.userVersion() == SampleLadder.LATEST, entry.getKey() + " was not migrated");
      Map<String, Long> rows =
          new HashMap<>(manifest.rowCounts().getOrDefault(entry.getKey(), Map.of()));
      rows.remove(History.TABLE); // It has grown by the two steps.
      require(
          found.rowCounts().entrySet().containsAll(rows.entrySet()),
          entry.getKey() + " has other rows than the snapshot");
    }
    say(
        "Proof: all %,d rows are back, and integrity_check finds nothing."
            .formatted(manifest.totalRows()));
    return manifest.totalRows();
  }

  private static void require(boolean truth, String otherwise) {
    if (!truth) {
      throw new BackupException(
          ErrorCode.INTERNAL, "the demo failed: " + otherwise, "Please report this.");
    }
  }

  private void say(String text) {
    out.println("- " + text);
  }
}
