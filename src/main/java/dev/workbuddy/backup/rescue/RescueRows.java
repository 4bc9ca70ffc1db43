package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.backup.BackupRequest;
import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.rescue.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.tables.LiveCopy;
import dev.workbuddy.backup.tables.LiveFiles;
import dev.workbuddy.backup.tables.SnapshotDatabases;
import dev.workbuddy.backup.tables.SnapshotDatabases.Source;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use case of bringing back rows that the live databases lost, while they are in use. */
public final class RescueRows {
  private final Settings settings;
  private final LiveFiles liveFiles;
  private final TakeSnapshot takeSnapshot;
  private final SnapshotDatabases snapshots;
  private final RescueOpener sides;
  private final MadeGood madeGood;

  /**
   * For the databases that the settings name.
   *
   * @param sleeper between batches
   */
  public RescueRows(
      Settings settings, TakeSnapshot takeSnapshot, InstantSource clock, Sleeper sleeper) {
    this.settings = settings;
    this.liveFiles = new LiveFiles(settings);
    this.takeSnapshot = takeSnapshot;
    this.snapshots = new SnapshotDatabases(settings, clock);
    this.madeGood = new MadeGood(settings, liveFiles, clock);
    this.sides = new RescueOpener(liveFiles, snapshots, sleeper);
  }

  /** What {@link #run} would do; reads both sides and changes nothing. */
  public RescueResult plan(RescueRequest request, Progress progress)
      throws IOException, InterruptedException {
    Source source = source(request);
    List<String> warnings = new ArrayList<>(source.remarks());
    try (RescueSession session = sides.open(source, request, warnings, progress)) {
      for (String name : session.names()) {
        progress.step("looking for lost rows in " + name);
        searchCopy(session, name, request);
      }
      return result(source, true, null, session, session.found(), warnings);
    }
  }

  /**
   * Takes a manual snapshot, looks in its copies for lost rows, and when it is safe brings them
   * back: each database in transactions that its writers can wait for.
   */
  public RescueResult run(RescueRequest request, Progress progress)
      throws IOException, InterruptedException {
    Source source = source(request);
    DataRoot.prepare(settings);
    List<String> warnings = new ArrayList<>(source.remarks());
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "rescue");
        RescueSession session = sides.open(source, request, warnings, progress)) {
      session.requireAny();
      if (session.names().isEmpty()) {
        return result(source, false, null, session, List.of(), warnings);
      }
      BackupResult before =
          takeSnapshot.runUnderLock(
              BackupRequest.before(Manifest.RESCUE, true),
              (name, copy) -> {
                progress.step("looking for lost rows in " + name);
                session.search(name, copy, false);
              },
              progress);
      leaveWhatIsNotIn(before, session, warnings);
      List<DatabaseRescue> done = session.apply(progress);
      warnings.addAll(madeGood.tell(source.id(), done));
      return result(source, false, before.snapshotId(), session, done, warnings);
    }
  }

  private Source source(RescueRequest request) throws IOException {
    if (request.where() != null && request.tables().size() != 1) {
      throw new BackupException(
          ErrorCode.USAGE,
          "--where speaks of the rows of one table",
          "Name it with --table; rescue other tables in a second call.");
    }
    return snapshots.find(request.snapshot());
  }

  /** Pages of a copy are looked through more quickly than rows; for few tables rows are few. */
  private void searchCopy(RescueSession session, String name, RescueRequest request)
      throws IOException {
    Optional<LiveCopy> copied = Optional.empty();
    if (request.tables().isEmpty()) {
      try {
        copied = snapshots.copyOf(name, liveFiles.file(name));
      } catch (BackupException e) {
        session.leave(name, e);
        return;
      }
    }
    try (@Nullable LiveCopy copy = copied.orElse(null)) {
      session.search(name, copy == null ? null : copy.file(), true);
    }
  }

  /** Nothing is changed that the snapshot does not have. */
  private static void leaveWhatIsNotIn(
      BackupResult before, RescueSession session, List<String> warnings) {
    before
        .missing()
        .forEach(
            missing -> {
              warnings.add("the snapshot lacks " + missing.database());
              if (session.names().contains(missing.database())) {
                session.leave(missing.database(), notIn(before, missing));
              }
            });
    warnings.addAll(before.warnings());
  }

  private static BackupException notIn(BackupResult before, Manifest.Missing missing) {
    return new BackupException(
        ErrorCode.NO_DATABASE_SAVED,
        "%s: nothing is brought back, as the snapshot %s lacks it: %s"
            .formatted(missing.database(), before.snapshotId(), missing.detail()),
        "`wb-backup show " + before.snapshotId() + "` says more.");
  }

  private static RescueResult result(
      Source source,
      boolean dryRun,
      @Nullable String before,
      RescueSession session,
      List<DatabaseRescue> databases,
      List<String> warnings) {
    warnings.addAll(session.warnings());
    return new RescueResult(
        source.id(), dryRun, before, databases, session.left(), List.of(), warnings);
  }
}
