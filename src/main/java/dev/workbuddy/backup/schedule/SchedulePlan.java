package dev.workbuddy.backup.schedule;

import java.nio.file.Path;
import java.util.List;

/**
 * How a job gets installed, decided without doing it.
 *
 * @param by which scheduler: {@code systemd}, {@code launchd} or {@code cron}
 * @param files what is written where
 * @param commands what is run then
 * @param notes what its user has to know
 */
public record SchedulePlan(
    String by, List<PlannedFile> files, List<List<String>> commands, List<String> notes) {

  /** A file, or the part of a crontab that is ours. */
  public record PlannedFile(Path path, String text) {}

  public SchedulePlan {
    files = List.copyOf(files);
    commands = List.copyOf(commands);
    notes = List.copyOf(notes);
  }
}
