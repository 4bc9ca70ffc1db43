package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.sqlite.DatabaseProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file of a database looked like from outside at several times; it is never opened, for
 * SQLite alone may do that. For one thread.
 */
final class SeenFile {
  private final Path file;
  private final Set<State> states = new HashSet<>();

  private record State(long bytes, @Nullable FileTime modified, @Nullable Object identity) {}

  SeenFile(Path file) {
    this.file = file;
    look();
  }

  void look() {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      states.add(new State(seen.size(), seen.lastModifiedTime(), seen.fileKey()));
    } catch (IOException notThere) {
      states.add(new State(-1, null, null));
    }
  }

  /** The problem, told with what happens to the file where that was seen. */
  DatabaseProblem told(DatabaseProblem problem) {
    return states.size() < 2
        ? problem
        : new DatabaseProblem(
            problem.kind(),
            problem.detail()
                + "; it is being rewritten: it looked different %d times".formatted(states.size()));
  }
}
