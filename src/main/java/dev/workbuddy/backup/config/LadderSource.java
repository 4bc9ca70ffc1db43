package dev.workbuddy.backup.config;

import java.nio.file.Path;
import java.util.List;

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
   * @param maxSchemaVersion the version that it leads to
   */
  record Command(List<String> command, int maxSchemaVersion) implements LadderSource {
    public Command {
      command = List.copyOf(command);
    }
  }
}
