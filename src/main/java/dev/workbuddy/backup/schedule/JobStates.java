package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * What the sidecar remembers between its lives: {@code backups/sidecar_jobs.json}. Others read
 * there how its jobs go.
 *
 * @param jobs what is known of each, by its name
 * @param problems why job files cannot be used, as {@link JobList} has them
 */
public record JobStates(Map<String, JobState> jobs, List<String> problems) {
  private static final String FILE_NAME = "sidecar_jobs.json";

  public JobStates {
    jobs = Map.copyOf(jobs);
    problems = List.copyOf(problems);
  }

  /** Nothing where nothing was remembered, or it cannot be read. */
  public static JobStates read(Path backupsDir) {
    try {
      return Json.read(Files.readAllBytes(backupsDir.resolve(FILE_NAME)), JobStates.class);
    } catch (IOException | JacksonException none) {
      return new JobStates(Map.of(), List.of());
    }
  }

  /** Replaces what was remembered. */
  public void write(Path backupsDir) throws IOException {
    DurableFiles.write(backupsDir.resolve(FILE_NAME), Json.bytes(this));
  }
}
