package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sidecar leaves in {@code backups/sidecar.json} while it lives. One that was killed leaves
 * it behind; {@link #state} tells.
 *
 * @param host the machine that it runs on
 * @param since when it was started
 */
public record SidecarPidFile(ProcessIdentity process, String host, Instant since) {
  private static final String FILE_NAME = "sidecar.json";
  private static final String LOCK_NAME = "sidecar.lock";

  /** More than any real one needs. */
  private static final int MOST_BYTES = 1 << 16;

  /** The mark that the last sidecar left; empty where none did, and where it cannot be read. */
  public static Optional<SidecarPidFile> read(Path backupsDir) {
    return stored(backupsDir).found();
  }

  /** Why it cannot be read, with the file's name; empty where it can, or is not there. */
  public static Optional<String> problem(Path backupsDir) {
    return stored(backupsDir).problem().map(why -> FILE_NAME + " " + why);
  }

  private static Stored<SidecarPidFile> stored(Path backupsDir) {
    return file(backupsDir).json(SidecarPidFile.class);
  }

  private static StateFile file(Path backupsDir) {
    return new StateFile(backupsDir.resolve(FILE_NAME), MOST_BYTES);
  }

  /**
   * Whether that sidecar still lives; unseen where it was started on another machine or in another
   * container.
   *
   * @param thisHost the name of this machine
   */
  public ProcessIdentity.State state(String thisHost) {
    ProcessIdentity.State state = process.state();
    return host.equals(thisHost) || state == ProcessIdentity.State.ALIVE
        ? state
        : ProcessIdentity.State.UNSEEN;
  }

  /** The lock that a sidecar holds while it lives. */
  public static Path lockFile(Path backupsDir) {
    return backupsDir.resolve(LOCK_NAME);
  }

  /** Leaves the mark. */
  public void write(Path backupsDir) throws IOException {
    Optional<String> _ = file(backupsDir).replace(Json.bytes(this), stored(backupsDir));
  }

  /** Takes the mark away. */
  public static void remove(Path backupsDir) throws IOException {
    file(backupsDir).remove();
  }
}
