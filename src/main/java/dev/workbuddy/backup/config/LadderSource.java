package dev.workbuddy.backup.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a database's migrations come from. */
public sealed interface LadderSource {

  /** A directory of numbered SQL files, absolute. */
  record SqlFiles(Path directory) implements LadderSource {}

  /** A jar with classes that the service loader finds, absolute. */
  record JavaClasses(Path jar) implements LadderSource {}

  /**
   * The application's own command.
   *
   * @param command the program and its arguments, {@code {db}} standing for the database's file
   * @param maxSchemaVersion the version that it leads to; null where only the application's code
   *     knows that
   * @param versionCommand a program with its arguments that prints that version, asked before the
   *     number counts; empty for none
   */
  record Command(
      List<String> command, @Nullable Integer maxSchemaVersion, List<String> versionCommand)
      implements LadderSource {
    public Command {
      command = List.copyOf(command);
      versionCommand = List.copyOf(versionCommand);
    }

    /** One that leads to a version that the configuration tells. */
    public Command(List<String> command, int maxSchemaVersion) {
      this(command, maxSchemaVersion, List.of());
    }
  }
}
