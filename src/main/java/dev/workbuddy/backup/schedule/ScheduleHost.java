package dev.workbuddy.backup.schedule;

import java.nio.file.Path;
import java.util.Map;

/**
 * What schedulers find around them.
 *
 * @param environment the environment variables
 * @param home the user's home directory
 * @param system the operating system's name, as Java calls it
 * @param root the root of the file system; another directory in tests
 */
public record ScheduleHost(
    Map<String, String> environment, Path home, String user, String system, Path root) {

  /** This machine. */
  public static ScheduleHost ofProcess(Map<String, String> environment) {
    return new ScheduleHost(
        environment,
        Path.of(System.getProperty("user.home", "/")),
        System.getProperty("user.name", ""),
        System.getProperty("os.name", ""),
        Path.of("/"));
  }

  boolean isSuperuser() {
    return user.equals("root");
  }

  boolean isMac() {
    return system.startsWith("Mac");
  }

  Path place(String path) {
    return root.resolve(path);
  }
}
