package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.StateFile;
import dev.workbuddy.backup.remote.folder.PlaceMemory;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.RestoreHistory;
import dev.workbuddy.backup.runs.RunHistory;
import dev.workbuddy.backup.schedule.JobStates;
import dev.workbuddy.backup.schedule.SidecarPidFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the program can read what it wrote down for itself. The last run's record and the alarms
 * have checks of their own.
 */
final class OwnFiles {
  private final Path backupsDir;

  OwnFiles(Path backupsDir) {
    this.backupsDir = backupsDir;
  }

  Finding check() throws IOException {
    List<String> problems =
        Stream.of(
                new RunHistory(backupsDir).problem(),
                new RestoreHistory(backupsDir).problem(),
                new DrillHistory(backupsDir).problem(),
                SidecarPidFile.problem(backupsDir),
                JobStates.problem(backupsDir),
                ProbeCache.problem(backupsDir),
                PlaceMemory.problem(backupsDir))
            .flatMap(Optional::stream)
            .toList();
    if (!problems.isEmpty()) {
      return Finding.warning(
          String.join("; ", problems),
          "Look at the disk, and at who else writes in %s. What writes the file next sets it aside."
              .formatted(backupsDir));
    }
    List<String> aside = StateFile.asideIn(backupsDir);
    return Finding.ok(
        aside.isEmpty()
            ? "can be read"
            : "can be read; set aside because they could not: %s (to be deleted once you have looked)"
                .formatted(String.join(", ", aside)));
  }
}
