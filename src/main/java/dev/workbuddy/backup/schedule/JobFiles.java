package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.config.JobDefinition;
import dev.workbuddy.backup.config.JobFileReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The job files of a configuration directory. Without a directory {@code sidecar_jobs} there are
 * default jobs: a snapshot as often as the configuration expects one, and each week the rehearsal
 * of a restore.
 */
public final class JobFiles {
  /** The directory below that of the configuration. */
  public static final String DIRECTORY = "sidecar_jobs";

  private static final String BACKUP = "data-backup.md";
  private static final String DRILL = "data-drill.md";

  private final Path directory;
  private final ZoneId zone;
  private final String machine;
  private final JobCalls calls;

  /**
   * @param zone what schedules that name no time zone mean
   * @param machine this machine's name
   */
  public JobFiles(Path configDir, ZoneId zone, String machine, JobCalls calls) {
    this.directory = configDir.resolve(DIRECTORY);
    this.zone = zone;
    this.machine = machine;
    this.calls = calls;
  }

  /**
   * Reads them all; one that cannot be used is a problem and leaves the others alone.
   *
   * @param cadence how often a snapshot is expected
   */
  public JobList read(Duration cadence) {
    List<Job> jobs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (JobFileReader.Read read : readFiles(cadence, problems)) {
      problems.addAll(read.problems());
      read.job().flatMap(definition -> job(definition, problems)).ifPresent(jobs::add);
    }
    return new JobList(jobs, problems);
  }

  private List<JobFileReader.Read> readFiles(Duration cadence, List<String> problems) {
    if (!Files.exists(directory)) {
      return List.of(backup(cadence), shipped(DRILL));
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(JobFiles::isJob)
          .sorted()
          .map(file -> JobFileReader.read(file, calls::isOurs))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      problems.add(DIRECTORY + ": cannot be read (" + e.getMessage() + ")");
      return List.of();
    }
  }

  /** Files that editors leave behind begin with a dot. */
  private static boolean isJob(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(JobFileReader.SUFFIX)
        && !name.startsWith(".")
        && !name.equalsIgnoreCase("README.md");
  }

  private static JobFileReader.Read backup(Duration cadence) {
    JobFileReader.Read read = shipped(BACKUP);
    return new JobFileReader.Read(
        read.job().map(job -> job.onSchedule(Interval.of(cadence).cron(0))), read.problems());
  }

  private static JobFileReader.Read shipped(String file) {
    return JobFileReader.read(file, shippedText(file));
  }

  /** A job file that comes with the program. */
  static String shippedText(String file) {
    String resource = "/" + DIRECTORY + "/" + file;
    try (InputStream stream = JobFiles.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Job> job(JobDefinition definition, List<String> problems) {
    String file = definition.name() + JobFileReader.SUFFIX;
    try {
      Job job = Job.of(definition, zone, machine);
      Optional<String> problem = calls.problem(job.capability(), job.params());
      problem.ifPresent(found -> problems.add(file + ": " + found));
      return problem.isPresent() ? Optional.empty() : Optional.of(job);
    } catch (UnusableJobException e) {
      problems.add(file + ": " + e.problem());
      return Optional.empty();
    }
  }
}
