package dev.workbuddy.backup.schedule;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.UnusableFileException;
import dev.workbuddy.backup.io.UserFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A scheduler whose jobs are files of their own. */
abstract sealed class FileScheduler implements SystemScheduler permits SystemdTimer, LaunchAgent {
  /** More than any file of a job needs. */
  private static final int MOST_BYTES = 1 << 20;

  private final SchedulerPrograms programs;

  FileScheduler(SchedulerPrograms programs) {
    this.programs = programs;
  }

  SchedulerPrograms programs() {
    return programs;
  }

  /** Asks the scheduler whether it runs the job. */
  abstract List<String> activeQuestion(ScheduledCommand command);

  /** What is to be run before the files of a job are deleted, whether or not it succeeds. */
  abstract List<List<String>> removal(ScheduledCommand command);

  /** What is to be run after they were deleted. */
  abstract List<List<String>> afterRemoval();

  @Override
  public InstalledJob.State state(ScheduledCommand command)
      throws IOException, InterruptedException {
    List<SchedulePlan.PlannedFile> files = plan(List.of(command)).files();
    if (files.stream().noneMatch(file -> Files.exists(file.path()))) {
      return InstalledJob.State.ABSENT;
    }
    for (SchedulePlan.PlannedFile file : files) {
      if (!isThere(file)) {
        return InstalledJob.State.OUTDATED;
      }
    }
    return programs.run(activeQuestion(command)).ok()
        ? InstalledJob.State.CURRENT
        : InstalledJob.State.INACTIVE;
  }

  private static boolean isThere(SchedulePlan.PlannedFile file) throws IOException {
    UserFile found = new UserFile(file.path(), MOST_BYTES);
    try {
      return found.isThere() && found.text().equals(file.text());
    } catch (UnusableFileException | CharacterCodingException other) {
      return false;
    }
  }

  @Override
  public void install(List<ScheduledCommand> commands, SchedulePlan plan)
      throws IOException, InterruptedException {
    for (SchedulePlan.PlannedFile file : plan.files()) {
      DurableFiles.createDirectories(DurableFiles.parent(file.path()));
      DurableFiles.writeForOthers(file.path(), file.text().getBytes(StandardCharsets.UTF_8));
    }
    for (List<String> each : plan.commands()) {
      programs.require(each);
    }
  }

  @Override
  public void uninstall(ScheduledCommand command) throws IOException, InterruptedException {
    List<Path> files =
        plan(List.of(command)).files().stream()
            .map(SchedulePlan.PlannedFile::path)
            .filter(Files::exists)
            .toList();
    if (files.isEmpty()) {
      return;
    }
    for (List<String> each : removal(command)) {
      programs.run(each);
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    for (List<String> each : afterRemoval()) {
      programs.require(each);
    }
  }
}
