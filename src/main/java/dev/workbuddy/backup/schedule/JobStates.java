package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** What the sidecar remembers between its lives: {@code backups/sidecar_jobs.json}. */
public final class JobStates {
  private static final String FILE_NAME = "sidecar_jobs.json";

  private JobStates() {}

  /** The file as a whole. */
  private record Contents(Map<String, JobState> jobs) {}

  /** The jobs by name; none where nothing was remembered, or it cannot be read. */
  public static Map<String, JobState> read(Path backupsDir) {
    try {
      return Json.read(Files.readAllBytes(backupsDir.resolve(FILE_NAME)), Contents.class).jobs();
    } catch (IOException | JacksonException none) {
      return Map.of();
    }
  }

  /** Replaces what was remembered. */
  public static void write(Path backupsDir, Map<String, JobState> jobs) throws IOException {
    DurableFiles.write(backupsDir.resolve(FILE_NAME), Json.bytes(new Contents(jobs)));
  }
}
