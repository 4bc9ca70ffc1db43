package dev.workbuddy.backup.health;

import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.io.Subprocess;
import dev.workbuddy.backup.sqlite.SqliteVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The versions of what this program stands on and calls. */
public final class ToolVersions {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int LONGEST_OUTPUT = 1 << 16;
  private static final Pattern VERSION = Pattern.compile("v?(\\d+\\.\\d+(?:\\.\\d+)*\\S*)");

  private ToolVersions() {}

  /**
   * One of them.
   *
   * @param version null where it is not installed, or does not say
   * @param problem why this version should not be used; null where nothing is known against it
   */
  public record ToolVersion(String name, @Nullable String version, @Nullable String problem) {}

  /**
   * All of them.
   *
   * @param environment the variables that programs are looked for and started with
   * @param own this program's version
   * @param directory where programs are started
   */
  public static List<ToolVersion> look(Map<String, String> environment, String own, Path directory)
      throws InterruptedException {
    List<ToolVersion> versions = new ArrayList<>();
    versions.add(known("wb-backup", own));
    versions.add(known("Java", Runtime.version().toString()));
    versions.add(known("SQLite", SqliteVersion.linked()));
    versions.add(ask("gh", "--version", environment, directory));
    versions.add(ask("rclone", "version", environment, directory));
    return List.copyOf(versions);
  }

  private static ToolVersion known(String name, String version) {
    return new ToolVersion(name, version, KnownBadVersions.problem(name, version).orElse(null));
  }

  private static ToolVersion ask(
      String name, String question, Map<String, String> environment, Path directory)
      throws InterruptedException {
    Optional<Path> program = Programs.find(name, environment);
    if (program.isEmpty()) {
      return new ToolVersion(name, null, null);
    }
    try {
      List<String> command = List.of(program.get().toString(), question);
      Subprocess.Result result =
          Subprocess.run(
              new Subprocess.Call(command, directory, environment, LIMIT, LONGEST_OUTPUT));
      Matcher version = VERSION.matcher(result.stdout());
      return result.ok() && version.find()
          ? known(name, version.group(1))
          : new ToolVersion(name, null, "it does not say its version");
    } catch (IOException e) {
      return new ToolVersion(name, null, "it cannot be started: " + e.getMessage());
    }
  }
}
