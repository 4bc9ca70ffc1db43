package dev.workbuddy.backup.snapshot;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.TrustedLinks;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that everything lives in, checked before it is used. */
public final class DataRoot {
  private DataRoot() {}

  /**
   * Refuses a data root that is not there: a disk that is not mounted must not look like an empty
   * history.
   */
  public static void requireThere(Settings settings) {
    if (!Files.isDirectory(settings.dataRoot())) {
      throw new BackupException(
          ErrorCode.DATA_ROOT_UNUSABLE,
          "the data root " + settings.dataRoot() + " does not exist",
          "Mount its disk; or set paths.data_root in config.yaml, or WORK_BUDDY_DATA_DIR, to the"
              + " directory that holds the databases.");
    }
  }

  /** Refuses one that cannot be written either; creates its backups directory. */
  public static void prepare(Settings settings) throws IOException {
    requireThere(settings);
    Path backups = settings.backupsDir();
    TrustedLinks.require(backups);
    Path written = Files.exists(backups) ? backups : settings.dataRoot();
    if (!Files.isWritable(written)) {
      throw new BackupException(
          ErrorCode.DATA_ROOT_UNUSABLE,
          written + " cannot be written",
          "Give it to the user who takes the snapshots.");
    }
    if (!Files.isDirectory(backups)) {
      DurableFiles.createPrivateDirectory(backups);
    }
  }
}
