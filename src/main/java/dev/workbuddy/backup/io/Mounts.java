package dev.workbuddy.backup.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which directories are mount points, where the system says so. */
public final class Mounts {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final int MOUNT_POINT_FIELD = 4;

  private Mounts() {}

  /**
   * Whether something is mounted on exactly this directory; false where the system does not say.
   */
  public static boolean isMountPoint(Path directory) throws IOException {
    if (!Files.isReadable(MOUNTS)) {
      return false;
    }
    String wanted = escaped(directory.toRealPath().toString());
    return Files.readAllLines(MOUNTS).stream()
        .map(line -> line.split(" ", -1))
        .anyMatch(
            fields ->
                fields.length > MOUNT_POINT_FIELD && fields[MOUNT_POINT_FIELD].equals(wanted));
  }

  /** As the system writes names into that list. */
  private static String escaped(String path) {
    return path.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
