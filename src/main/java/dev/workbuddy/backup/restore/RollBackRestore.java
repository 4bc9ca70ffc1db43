package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The use case of taking the last restore back. The databases that it replaced return; files that
 * it did not touch stay as they are now. What the rollback replaces is kept in turn.
 */
public final class RollBackRestore {
  private final Settings settings;
  private final InstantSource clock;
  private final LiveDirectory live;
  private final Swap swap;

  /**
   * For one workspace.
   *
   * @param exchange how the system swaps two directories at once; empty to use two renames
   */
  public RollBackRestore(
      Settings settings, InstantSource clock, Optional<DirectoryExchange> exchange) {
    this.settings = settings;
    this.clock = clock;
    this.live = LiveDirectory.of(settings);
    this.swap = new Swap(live, exchange);
  }

  public RollbackResult run(Progress progress) throws IOException {
    if (!Files.isDirectory(settings.backupsDir())) {
      throw nothingToRollBack();
    }
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "roll back")) {
      swap.recover(progress);
      Path before = live.newestKept().orElseThrow(this::nothingToRollBack);
      KeptData data = KeptData.read(before);
      Instant now = live.moment(clock.instant());
      Path staging = live.staging(now);
      try {
        CarryOver others = new CarryOver(live.path(), data.databases());
        progress.step("bringing the old data back");
        stage(before, staging, others);
        Path kept = live.kept(now);
        swap.execute(journal(before, data, staging, kept, others), progress);
        return new RollbackResult(data.replacedBy(), data.databases(), kept.toString());
      } catch (IOException | RuntimeException e) {
        swap.discard(staging);
        throw e;
      }
    }
  }

  private BackupException nothingToRollBack() {
    return new BackupException(
        ErrorCode.NOTHING_TO_ROLL_BACK,
        "there is no restore to take back beside " + live.path(),
        "`wb-backup restore ID` puts a snapshot back.");
  }

  private void stage(Path before, Path staging, CarryOver others) throws IOException {
    DurableFiles.createPrivateDirectory(staging);
    FileModes.imitate(Files.isDirectory(live.path()) ? live.path() : before, staging);
    others.into(staging);
    KeptData.linkInto(before, staging);
    DurableFiles.syncDirectories(staging);
  }

  private static SwapJournal journal(
      Path before, KeptData data, Path staging, Path kept, CarryOver others) throws IOException {
    return new SwapJournal(
        "rollback to " + before.getFileName(),
        staging.getFileName().toString(),
        kept.getFileName().toString(),
        data.databases(),
        others.files(),
        before.getFileName().toString());
  }
}
