package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that everything lives in, checked before it is used. */
final class DataRoot {
  private DataRoot() {}

  /** Refuses a data root that is not there or cannot be written; creates its backups directory. */
  static void require(Settings settings) throws IOException {
    Path root = settings.dataRoot();
    if (!Files.isDirectory(root)) {
      throw unusable(root, "does not exist");
    }
    Path backups = settings.backupsDir();
    Path written = Files.exists(backups) ? backups : root;
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

  private static BackupException unusable(Path root, String why) {
    return new BackupException(
        ErrorCode.DATA_ROOT_UNUSABLE,
        "the data root " + root + " " + why,
        "Set paths.data_root in config.yaml, or WORK_BUDDY_DATA_DIR, to the directory that holds"
            + " the databases.");
  }
}
