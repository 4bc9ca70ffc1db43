package dev.workbuddy.backup.mcp;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How to start {@code wb-backup mcp} as a process, from the classes under test. */
final class ServerProcess {
  private ServerProcess() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What follows the program. */
  static List<String> arguments(Path project) {
    return List.of(
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "dev.workbuddy.backup.cli.Main",
        "--config-dir",
        project.toString(),
        "mcp");
  }

  static ProcessBuilder builder(Path project) {
    return new ProcessBuilder(
            Stream.concat(Stream.of(java()), arguments(project).stream()).toList())
        .directory(project.toFile());
  }
}
