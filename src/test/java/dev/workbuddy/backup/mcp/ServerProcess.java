package dev.workbuddy.backup.mcp;

import dev.workbuddy.backup.cli.Main;
import dev.workbuddy.backup.testing.JavaCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start {@code wb-backup mcp} as a process, from the classes under test. */
final class ServerProcess {
  private ServerProcess() {}

  /** The program, and what follows it. */
  static List<String> command(Path project) {
    List<String> command = new ArrayList<>(JavaCommand.of(Main.class));
    command.addAll(List.of("--config-dir", project.toString(), "mcp"));
    return command;
  }

  static ProcessBuilder builder(Path project) {
    return new ProcessBuilder(command(project)).directory(project.toFile());
  }
}
