package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.io.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the sidecar remembers between its lives: {@code backups/sidecar_jobs.json}. Others read
 * there how its jobs go.
 *
 * @param jobs what is known of each, by its name
 * @param problems why job files cannot be used, as {@link JobList} has them
 */
public record JobStates(Map<String, JobState> jobs, List<String> problems) {
  private static final String FILE_NAME = "sidecar_jobs.json";

  /** More than any real one needs. */
  private static final int MOST_BYTES = 4 << 20;

  public JobStates {
    jobs = Map.copyOf(jobs);
    problems = List.copyOf(problems);
  }

  /** Nothing where nothing was remembered, or it cannot be read. */
  public static JobStates read(Path backupsDir) {
    return stored(backupsDir).found().orElse(new JobStates(Map.of(), List.of()));
  }

  /** Why it cannot be read, with the file's name; empty where it can, or is not there. */
  public static Optional<String> problem(Path backupsDir) {
    return stored(backupsDir).problem().map(why -> FILE_NAME + " " + why);
  }

  private static Stored<JobStates> stored(Path backupsDir) {
    return file(backupsDir).json(JobStates.class);
  }

  private static StateFile file(Path backupsDir) {
    return new StateFile(backupsDir.resolve(FILE_NAME), MOST_BYTES);
  }

  /**
   * Replaces what was remembered.
   *
   * @return what the user should know; empty where nothing was set aside
   */
  public Optional<String> write(Path backupsDir) throws IOException {
    return file(backupsDir).replace(Json.bytes(this), stored(backupsDir));
  }
}
