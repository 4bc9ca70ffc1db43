package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What a sidecar leaves in {@code backups/sidecar.json} while it lives. One that was killed leaves
 * it behind; {@link #state} tells.
 *
 * @param host the machine that it runs on
 * @param since when it was started
 */
public record SidecarMark(ProcessIdentity process, String host, Instant since) {
  private static final String FILE_NAME = "sidecar.json";
  private static final String LOCK_NAME = "sidecar.lock";

  /** The mark that the last sidecar left, or empty where none did. */
  public static Optional<SidecarMark> read(Path backupsDir) {
    try {
      return Optional.of(
          Json.read(Files.readAllBytes(backupsDir.resolve(FILE_NAME)), SidecarMark.class));
    } catch (IOException | JacksonException none) {
      return Optional.empty();
    }
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
    DurableFiles.write(backupsDir.resolve(FILE_NAME), Json.bytes(this));
  }

  /** Takes the mark away. */
  public static void remove(Path backupsDir) throws IOException {
    Files.deleteIfExists(backupsDir.resolve(FILE_NAME));
  }
}
