package dev.workbuddy.backup.io;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room on disks, in words and as a check before long work. */
public final class Space {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  private Space() {}

  /**
   * Refuses early what could not be finished.
   *
   * @param purpose what the room is for, for example "take a snapshot"
   * @throws BackupException {@code disk-full} where fewer bytes are free than needed
   */
  public static void require(Path directory, long bytes, String purpose) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < bytes) {
      throw new BackupException(
          ErrorCode.DISK_FULL,
          "cannot %s: about %s are needed in %s and %s are free"
              .formatted(purpose, text(bytes), directory, text(free)),
          "Free some space there, or move paths.data_root to a larger disk.");
    }
  }

  /** Whether the system refused because a disk or a quota is used up. */
  public static boolean ranOut(IOException error) {
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("quota exceeded");
  }

  /** Bytes in decimal units, for people. */
  public static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String number = unit == 0 || value >= 99.5 ? "%.0f" : "%.1f";
    return String.format(Locale.ROOT, number + " %s", value, UNITS[unit]);
  }
}
